import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Context } from "../core/context.ts";
import { minimumSeconds } from "../core/duration.ts";
import { AwsmfaError, ExitCode, isAwsmfaError } from "../core/errors.ts";
import { printable } from "../core/printable.ts";
import { parseSessionFile } from "../core/session-file.ts";
import { environmentFileName, profileFileName, roleFileName } from "../core/session-file-name.ts";
import { isUsable, storedKey, type StoredSession } from "../core/session.ts";
import { requestKey, type SessionRequest } from "../core/session-request.ts";
import { configPath, credentialsPath, sessionStorePath } from "../system/paths.ts";
import { readPrivateFile, tightenFolder } from "../system/read-private-file.ts";
import { errorCode } from "../system/error-code.ts";
import { sha256 } from "../system/sha256.ts";

/** A session as it was found in the store. */
export interface FoundSession extends StoredSession {
  /** When the file was written. */
  readonly modified: Date;
}

/** A session and the name of its file in the store. */
export interface NamedSession extends FoundSession {
  readonly name: string;
}

/** The stored session that serves this request; undefined where there is none to use. */
export function findSession(context: Context, request: SessionRequest): FoundSession | undefined {
  const folder = sessionStorePath(context.env);
  tightenFolder(folder, context.report);
  const found = readSession(context, sessionFileName(request));
  if (found === undefined || serves(context, request, found)) return found;
  context.report.debug("the stored session is not the one that is wanted, or near its end");
  return undefined;
}

/** The same session under any other name: profiles that share keys and device, or a role, share it. */
export function findSharedSession(
  context: Context,
  request: SessionRequest,
): FoundSession | undefined {
  return storedSessions(context).find(
    (found) => found.identity !== undefined && serves(context, request, found),
  );
}

/** Every session in the store, whatever its state, in the order of their file names. */
export function storedSessions(context: Context): NamedSession[] {
  return storedNames(context).flatMap((name) => {
    const found = readSession(context, name);
    return found === undefined ? [] : [{ ...found, name }];
  });
}

/** What a file of the store holds; undefined for anything but a session. */
export function readSession(context: Context, name: string): FoundSession | undefined {
  const path = join(sessionStorePath(context.env), name);
  const file = readPrivateFile(path, context.report);
  const session = file && parseSessionFile(file.text);
  if (file !== undefined && session === undefined) {
    context.report.debug(`${printable(path)} holds no session`);
  }
  return session && file && { ...session, modified: file.modified };
}

function serves(context: Context, request: SessionRequest, found: FoundSession): boolean {
  if (found.accessKeyId === request.renewal?.instead || !isStillUsable(context, found))
    return false;
  const key = storedKey(found);
  return key === undefined ? isPlainly(context, request, found) : key === requestKey(request);
}

/** Whether a file without an identity can only be this profile's. */
function isPlainly(context: Context, request: SessionRequest, { modified }: FoundSession): boolean {
  const trusted = request.kind === "mfa" && request.trustsUnmarkedFile;
  return trusted && isNewerThanAwsFiles(context, modified);
}

/** Whether enough time remains of it. */
export function isStillUsable({ env, now }: Context, found: FoundSession): boolean {
  return isUsable(found, found.issued ?? found.modified, now(), minimumSeconds(env));
}

/** Keys or serial may have changed since an older file was written. */
function isNewerThanAwsFiles({ env }: Context, modified: Date): boolean {
  return [configPath(env), credentialsPath(env)].every((path) => {
    try {
      return statSync(path).mtime < modified;
    } catch {
      return true;
    }
  });
}

/** The names of everything in the store, whatever it is; none where it cannot be read. */
export function storedNames(context: Context): string[] {
  try {
    return listStore(context);
  } catch (error) {
    if (!isAwsmfaError(error)) throw error;
    context.report.debug(error.message);
    return [];
  }
}

/** The same; throws 255 where the store cannot be read. A missing one is empty. */
export function listStore({ env }: Context): string[] {
  const folder = sessionStorePath(env);
  try {
    return readdirSync(folder).sort();
  } catch (error) {
    const why = errorCode(error);
    if (why === "ENOENT") return [];
    throw new AwsmfaError(`the session store ${printable(folder)} cannot be read (${why}).`, {
      code: "UnreadableStore",
      exitCode: ExitCode.general,
      hint: "It must be a folder of yours, with mode 700.",
      cause: error,
    });
  }
}

/** The file in the store that holds this request's session. */
export function sessionFileName(request: SessionRequest): string {
  if (request.kind === "role") {
    return roleFileName(request.profile.name, requestKey(request), sha256);
  }
  const { profile, base } = request;
  if (profile !== undefined) return profileFileName(profile.name, sha256);
  return environmentFileName(base.kind === "long-term" ? base.accessKeyId : base.command, sha256);
}
