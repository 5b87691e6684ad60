import { existsSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Context } from "../core/context.ts";
import { lockTimeoutSeconds } from "../core/duration.ts";
import { configurationError, isAwsmfaError } from "../core/errors.ts";
import { printable } from "../core/printable.ts";
import { errorCode } from "../system/error-code.ts";
import type { Holder, Lock } from "../system/lock-attempt.ts";
import { waitForFile, waitForSharedLock, type WaitEnd, type Waiting } from "../system/lock.ts";
import { makePrivateFolder } from "../system/make-folder.ts";
import { isSameProcess } from "../system/process-start.ts";
import { findCredentialsFile, unusable } from "./credentials-file.ts";
import { unwritable } from "./unwritable.ts";

/** A holder that needs no more time than this, in milliseconds, need not be mentioned. */
const silentMs = 1000;

/**
 * Does something with the credentials file while nobody else may: an exclusive `fcntl` lock on
 * `.credentials.lock` beside the file as it is named, the protocol of all that write it, and then one on
 * the file itself, which may have other names. Throws 253 where a lock cannot be had within
 * `AWS_MFA_LOCK_TIMEOUT`, and where none can be made.
 */
export async function withCredentialsLock<Result>(
  context: Context,
  path: string,
  act: () => Promise<Result>,
): Promise<Result> {
  const named = await lockByName(context, path);
  try {
    const file = await lockFile(context, path);
    try {
      return await act();
    } finally {
      file.release();
    }
  } finally {
    named.release();
  }
}

async function lockByName(context: Context, path: string): Promise<Lock> {
  const lockPath = join(dirname(path), ".credentials.lock");
  const waiting = patience(context, lockPath);
  try {
    makePrivateFolder(dirname(path));
    refuseOddLock(lockPath, path);
    return held(await waitForSharedLock(lockPath, waiting));
  } catch (error) {
    throw unwritable(existsSync(lockPath) ? lockPath : path, error);
  }
}

/** What stands in the lock file's place may be read and written by whoever locks it. */
function refuseOddLock(lockPath: string, path: string): void {
  const lock = statSync(lockPath, { throwIfNoEntry: false });
  if (lock === undefined) return;
  if (!lock.isFile()) throw unusable(lockPath, "is not a file");
  const file = statSync(path, { throwIfNoEntry: false });
  if (file?.ino === lock.ino && file.dev === lock.dev) {
    throw unusable(path, `is the same file as its lock, ${printable(lockPath)}`);
  }
}

/** Under another name, by a link, the file has another lock file. */
async function lockFile(context: Context, path: string): Promise<Lock> {
  // There a locked file can neither be read nor be replaced.
  if (process.platform === "win32") return noLock;
  for (;;) {
    const { target, stats } = findCredentialsFile(path);
    const lock = stats === undefined ? noLock : await lockContent(context, target);
    if (findCredentialsFile(path).stats?.ino === stats?.ino) return lock;
    // While we waited, it was replaced.
    lock.release();
  }
}

async function lockContent(context: Context, target: string): Promise<Lock> {
  const waiting = patience(context, target);
  try {
    return held(await waitForFile(target, waiting));
  } catch (error) {
    if (isAwsmfaError(error)) throw error;
    // Whether it can be written is seen when it is written.
    context.report.debug(
      `cannot lock ${printable(target)} (${errorCode(error)}): going on without`,
    );
    return noLock;
  }
}

const noLock: Lock = { release: () => undefined };

function held(end: WaitEnd<Error>): Lock {
  if (end.kind === "gave-up") throw end.result;
  return end.lock;
}

function patience({ env, report }: Context, lockPath: string): Waiting<Error> {
  const timeoutMs = lockTimeoutSeconds(env) * 1000;
  const started = performance.now();
  let said = false;
  const whileWaiting = (holder: Holder): Error | undefined => {
    const waited = performance.now() - started;
    if (waited > timeoutMs) return timeoutError(holder, lockPath);
    if (!said && waited > silentMs) {
      said = true;
      report.say(`waiting for ${nameOf(holder)}, which holds ${printable(lockPath)}.`);
    }
    return undefined;
  };
  return { report, whileWaiting };
}

function timeoutError(holder: Holder, lockPath: string): Error {
  return configurationError(
    "CredentialsLocked",
    `${nameOf(holder)} still holds ${printable(lockPath)}: nothing was written.`,
    {
      hint: "End it, or wait for longer: AWS_MFA_LOCK_TIMEOUT says for how many seconds (120).",
    },
  );
}

/** Other programs leave no name, and one of ours that was killed leaves its own to them. */
function nameOf({ pid, started }: Holder): string {
  const isOurs = pid !== undefined && isSameProcess(pid, started);
  return isOurs ? `another awsmfa (process ${pid})` : "another program";
}
