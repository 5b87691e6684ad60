import { existsSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Context } from "../../core/context.ts";
import { isAwsmfaError } from "../../core/errors.ts";
import { printable } from "../../core/printable.ts";
import { errorCode } from "../../system/error-code.ts";
import type { Lock } from "../../system/lock-attempt.ts";
import { waitForFile, waitForSharedLock, type Waiting } from "../../system/lock.ts";
import { makePrivateFolder } from "../../system/make-folder.ts";
import { isSameFile } from "../../system/same-file.ts";
import { findCredentialsFile, unusable } from "./credentials-file.ts";
import { held, waitingFor } from "./patient-lock.ts";
import { unwritable } from "./unwritable.ts";

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
  const waiting = waitingFor(context, () => lockPath);
  // No lock is left beside what can be no credentials file.
  findCredentialsFile(path);
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
  if (isSameFile(statSync(path, { throwIfNoEntry: false }), lock)) {
    throw unusable(path, `is the same file as its lock, ${printable(lockPath)}`);
  }
}

/** Under another name, by a link, the file has another lock file. */
async function lockFile(context: Context, path: string): Promise<Lock> {
  // There a locked file can neither be read nor be replaced.
  if (process.platform === "win32") return noLock;
  let found = findCredentialsFile(path);
  const waiting = waitingFor(context, () => found.target);
  for (;;) {
    const { target, stats } = found;
    const lock = stats === undefined ? noLock : await lockContent(context, target, waiting);
    try {
      found = findCredentialsFile(path);
    } catch (error) {
      lock.release();
      throw error;
    }
    if (isSameFile(found.stats, stats)) return lock;
    // While we waited, it was replaced.
    lock.release();
  }
}

async function lockContent(
  context: Context,
  target: string,
  waiting: Waiting<Error>,
): Promise<Lock> {
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
