import { readIniFile } from "../aws/files/read-ini-file.ts";
import type { IniDocument, IniSection } from "../core/aws-files/ini.ts";
import type { Profile } from "../core/aws-files/profile.ts";
import type { Context } from "../core/context.ts";
import { minimumSeconds } from "../core/duration.ts";
import type { Environment } from "../core/environment.ts";
import { sameBase, type Identity } from "../core/request/identity.ts";
import { canEnd, readShortTerm } from "../core/refresh/short-term.ts";
import { secondsUntil } from "../core/time.ts";
import { credentialsPath } from "../system/paths.ts";
import { exportedSession } from "./exported-session.ts";
import { isStillUsable, storedSessions } from "./store.ts";

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
  if (expiration === undefined || !canEnd(expiration, context.now())) return undefined;
  const keyId = profile.setting("aws_access_key_id");
  const stored = storedSessions(context).find(({ accessKeyId }) => accessKeyId === keyId);
  const left = secondsUntil(expiration, context.now());
  const usable = stored
    ? isStillUsable(context, { ...stored, expiration })
    : left > minimumSeconds(context.env);
  return { expiration, usable, file: stored?.name };
}

/** Whether the store knows, or knew, the session of a section as one of other keys, or of another device. */
export function isOfOthers(
  context: Context,
  section: IniSection | undefined,
  { base, serial }: Identity,
): boolean {
  const keyId = section?.entries.get("aws_access_key_id")?.value ?? "";
  const { identity } = exportedSession(context, keyId) ?? {};
  if (identity === undefined) return false;
  return identity.serial !== serial || !sameBase(identity.base, base);
}

/** Sections of the credentials file that hold one of these sessions, or any under these names, for now. */
export function sectionsHolding(
  { env, now }: Context,
  accessKeyIds: readonly string[],
  names: readonly string[],
): string[] {
  const holders = [...sectionsOf(env)].filter(([name, { entries }]) => {
    const setting = (key: string): string | undefined => entries.get(key)?.value;
    const { expiration } = readShortTerm(setting) ?? {};
    if (expiration === undefined || expiration <= now()) return false;
    return names.includes(name) || accessKeyIds.includes(setting("aws_access_key_id") ?? "");
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
