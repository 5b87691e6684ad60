import { statSync } from "node:fs";
import { join } from "node:path";
import type { Context } from "../core/context.ts";
import { minimumSeconds } from "../core/duration.ts";
import { printable } from "../core/printable.ts";
import { parseSessionFile } from "../core/session/session-file.ts";
import {
  isUsable,
  obtainedAt,
  storedKey,
  type FoundSession,
  type NamedSession,
} from "../core/session/session.ts";
import { requestKey, type SessionRequest } from "../core/request/session-request.ts";
import { secondsUntil } from "../core/time.ts";
import { configPath, credentialsPath, sessionStorePath } from "../system/paths.ts";
import { readPrivateFile, tightenFolder } from "../system/read-private-file.ts";
import { sessionFileName, storedNames } from "./names-in-store.ts";

/**
 * The stored session that serves this request; undefined where there is none to use. So many seconds it must
 * have left, unless `AWS_MFA_MIN_TTL` says otherwise.
 */
export function findSession(
  context: Context,
  request: SessionRequest,
  leastSeconds?: number,
): FoundSession | undefined {
  const folder = sessionStorePath(context.env);
  tightenFolder(folder, context.report);
  const found = readSession(context, sessionFileName(request));
  if (found === undefined || serves(context, request, found, leastSeconds)) return found;
  const fault = isStillUsable(context, found, leastSeconds)
    ? "is not the one that is wanted"
    : "is near its end";
  context.report.debug(() => `the session in ${printable(sessionFileName(request))} ${fault}`);
  return undefined;
}

/** The same session under any other name: profiles that share keys and device, or a role, share it. */
export function findSharedSession(
  context: Context,
  request: SessionRequest,
): NamedSession | undefined {
  return storedSessions(context).find(
    (found) => found.identity !== undefined && serves(context, request, found),
  );
}

/** Whether there is a session for this request, under whatever name. */
export function isStored(context: Context, request: SessionRequest): boolean {
  return (findSession(context, request) ?? findSharedSession(context, request)) !== undefined;
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

function serves(
  context: Context,
  request: SessionRequest,
  found: FoundSession,
  leastSeconds?: number,
): boolean {
  if (isUnfit(request, found) || !isStillUsable(context, found, leastSeconds)) return false;
  if (!lasts(context, request, found)) return false;
  const key = storedKey(found);
  return key === undefined ? isPlainly(context, request, found) : key === requestKey(request);
}

function isUnfit({ unfit }: SessionRequest, found: FoundSession): boolean {
  if (unfit === undefined) return false;
  return unfit.keys.includes(found.accessKeyId) || obtainedAt(found) <= unfit.until;
}

function lasts({ now }: Context, { left }: SessionRequest, { expiration }: FoundSession): boolean {
  if (left === undefined) return true;
  const seconds = secondsUntil(expiration, now());
  return seconds >= left.least && seconds <= left.most;
}

/** Whether a file without an identity can only be this profile's. */
function isPlainly(context: Context, request: SessionRequest, { modified }: FoundSession): boolean {
  const trusted = request.kind === "mfa" && request.trustsUnmarkedFile;
  return trusted && isNewerThanAwsFiles(context, modified);
}

/** Whether enough time remains of it. */
export function isStillUsable(
  { env, now }: Context,
  found: FoundSession,
  leastSeconds?: number,
): boolean {
  return isUsable(found, obtainedAt(found), now(), minimumSeconds(env, leastSeconds));
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
