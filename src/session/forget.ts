import { lstatSync, rmdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Context } from "../core/context.ts";
import { isLongOver, type FoundSession, type StoredSession } from "../core/session/session.ts";
import { errorCode } from "../system/error-code.ts";
import { sessionStorePath } from "../system/paths.ts";
import { readSession, storedSessions } from "./store.ts";

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
  return names.map((name) => forgetFile(context, name, readSession(context, name)));
}

/** Drops a session under every name that it has in the store: AWS accepts it no more. */
export function forgetSession(context: Context, accessKeyId: string): void {
  forgetWhere(context, (found) => found.accessKeyId === accessKeyId);
}

/** A role asked for in ever new ways, such as with a session name for every job, would fill the store. */
export function forgetSpentRoles(context: Context): void {
  const now = context.now();
  forgetWhere(context, (found) => found.role !== undefined && isLongOver(found, now));
}

function forgetWhere(context: Context, isMeant: (found: FoundSession) => boolean): void {
  for (const { name } of storedSessions(context).filter(isMeant)) {
    // Another process may have put a new one in its place meanwhile.
    const found = readSession(context, name);
    if (found === undefined || !isMeant(found)) continue;
    const { fault } = forgetFile(context, name, found);
    if (fault !== undefined) context.report.debug(`${name} could not be removed (${fault})`);
  }
}

function forgetFile({ env }: Context, name: string, session: StoredSession | undefined): Forgotten {
  const path = join(sessionStorePath(env), name);
  try {
    // Of a folder nobody knows what is in it: it goes only when it is empty.
    if (lstatSync(path).isDirectory()) rmdirSync(path);
    else rmSync(path);
    return { name, session, fault: undefined };
  } catch (error) {
    return { name, session, fault: errorCode(error) === "ENOENT" ? undefined : errorCode(error) };
  }
}
