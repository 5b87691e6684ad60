import { readIniFile } from "../aws/files/read-ini-file.ts";
import type { IniDocument, IniSection } from "../core/aws-files/ini.ts";
import type { Profile } from "../core/aws-files/profile.ts";
import type { Context } from "../core/context.ts";
import { minimumSeconds } from "../core/duration.ts";
import type { Environment } from "../core/environment.ts";
import { identityKey, type Identity } from "../core/request/identity.ts";
import { readShortTerm } from "../core/refresh/short-term.ts";
import { credentialsPath } from "../system/paths.ts";
import { storedSessions } from "./store.ts";

/** A session that stands in a profile itself, as `refresh` writes it. */
export interface WrittenSession {
  readonly expiration: Date;
  /** Whether enough time is left of it. */
  readonly usable: boolean;
  /** Name of the file in the store that holds it, too. */
  readonly file: string | undefined;
}

/** The session in a profile; undefined where it holds none, or does not say when that ends. */
export function writtenSession(
  context: Context,
  profile: Profile | undefined,
): WrittenSession | undefined {
  if (profile === undefined) return undefined;
  const { expiration } = readShortTerm((key) => profile.setting(key)) ?? {};
  if (expiration === undefined) return undefined;
  const left = expiration.getTime() - context.now().getTime();
  const keyId = profile.setting("aws_access_key_id");
  const stored = storedSessions(context).find(({ accessKeyId }) => accessKeyId === keyId);
  return { expiration, usable: left > minimumSeconds(context.env) * 1000, file: stored?.name };
}

/** Whether the store knows the session of a section for one that was asked for otherwise. */
export function isOfOthers(
  context: Context,
  section: IniSection | undefined,
  identity: Identity,
): boolean {
  const keyId = section?.entries.get("aws_access_key_id")?.value;
  const stored = storedSessions(context).find(({ accessKeyId }) => accessKeyId === keyId);
  return stored?.identity !== undefined && identityKey(stored.identity) !== identityKey(identity);
}

/** Sections of the credentials file that hold one of these sessions, or any under one of these names. */
export function sectionsHolding(
  { env }: Context,
  accessKeyIds: readonly string[],
  names: readonly string[],
): string[] {
  const holders = [...sectionsOf(env)].filter(([name, { entries }]) => {
    const setting = (key: string): string | undefined => entries.get(key)?.value;
    if (accessKeyIds.includes(setting("aws_access_key_id") ?? "")) return true;
    return names.includes(name) && readShortTerm(setting) !== undefined;
  });
  return holders.map(([name]) => name);
}

/** None of a file that cannot be read: what this is asked for does not depend on it. */
function sectionsOf(env: Environment): IniDocument["sections"] {
  try {
    return readIniFile(credentialsPath(env)).sections;
  } catch {
    return new Map();
  }
}
