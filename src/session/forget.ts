import { lstatSync, rmdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Context } from "../core/context.ts";
import { identityKey } from "../core/identity.ts";
import {
  profileFileName,
  profileOfFileName,
  roleFileName,
  temporaryPrefix,
} from "../core/session-file-name.ts";
import type { StoredSession } from "../core/session.ts";
import { errorCode } from "../system/error-code.ts";
import { sessionStorePath } from "../system/paths.ts";
import { sha256 } from "../system/sha256.ts";
import { listStore, readSession, storedSessions, type NamedSession } from "./store.ts";

/** What became of one file of the store. */
export interface Forgotten {
  /** Name of the file. */
  readonly name: string;
  /** What it held; undefined where that was no session. */
  readonly session: StoredSession | undefined;
  /** The system's error, where it could not be removed. */
  readonly fault: string | undefined;
}

/** Removes these files from the store. */
export function forget(context: Context, names: readonly string[]): Forgotten[] {
  return names.map((name) => forgetFile(context, name));
}

/**
 * The files of a profile's sessions, under our names for them and under the Ruby gem's, and those of the
 * roles that hang on them. Throws 255 where the store cannot be read.
 */
export function filesOf(context: Context, profile: string): string[] {
  const isOurs = namesFilesOf(profile);
  const own = listStore(context).filter(
    (name) => isOurs(name) || profileOfFileName(name) === profile,
  );
  return [...new Set([...own, ...rolesFrom(context, profile, own)])];
}

/** Which names this program gives to the files of a profile: its own, and one for each way to ask for its role. */
export function namesFilesOf(profile: string): (name: string) => boolean {
  const own = profileFileName(profile, sha256);
  const role = roleFileName(profile, "", sha256);
  const stem = role.slice(0, -hashLength);
  return (name) => name === own || (name.length === role.length && name.startsWith(stem));
}

/** What ends the name of a role's file. */
const hashLength = 8;

/** Where one name has had several keys, those of the present ones; where it has no session now, all. */
function rolesFrom(context: Context, profile: string, own: readonly string[]): string[] {
  const stored = storedSessions(context).filter(({ name }) => !name.startsWith(temporaryPrefix));
  const keysOf = ({ identity }: NamedSession): string[] =>
    identity ? [identityKey(identity)] : [];
  const known = new Set(stored.filter(({ name }) => own.includes(name)).flatMap(keysOf));
  return stored
    .filter(({ role }) => role?.sources.includes(profile))
    .filter((session) => known.size === 0 || keysOf(session).some((key) => known.has(key)))
    .map(({ name }) => name);
}

/** Where else in the store this very session lies, to be shared by the profiles of its identity. */
export function copiesOf(context: Context, session: StoredSession): NamedSession[] {
  return storedSessions(context).filter(
    ({ accessKeyId, identity }) => accessKeyId === session.accessKeyId && identity !== undefined,
  );
}

function forgetFile(context: Context, name: string): Forgotten {
  const path = join(sessionStorePath(context.env), name);
  const session = readSession(context, name);
  try {
    // Of a folder nobody knows what is in it: it goes only when it is empty.
    if (lstatSync(path).isDirectory()) rmdirSync(path);
    else rmSync(path);
    return { name, session, fault: undefined };
  } catch (error) {
    return { name, session, fault: errorCode(error) === "ENOENT" ? undefined : errorCode(error) };
  }
}
