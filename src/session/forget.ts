import { lstatSync, rmdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Context } from "../core/context.ts";
import { profileFileName, profileOfFileName } from "../core/session-file-name.ts";
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

/** Empties the store. */
export function forgetAll(context: Context): Forgotten[] {
  return listStore(context).map((name) => forget(context, name));
}

/** Removes the session of one profile, under our name for its file and under the Ruby gem's. */
export function forgetProfile(context: Context, profile: string): Forgotten[] {
  const own = profileFileName(profile, sha256);
  return listStore(context)
    .filter((name) => name === own || profileOfFileName(name) === profile)
    .map((name) => forget(context, name));
}

/** Where else in the store this very session lies, to be shared by the profiles of its identity. */
export function copiesOf(context: Context, session: StoredSession): NamedSession[] {
  return storedSessions(context).filter(
    ({ accessKeyId, identity }) => accessKeyId === session.accessKeyId && identity !== undefined,
  );
}

function forget(context: Context, name: string): Forgotten {
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
