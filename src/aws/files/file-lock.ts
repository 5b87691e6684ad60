import type { Context } from "../../core/context.ts";
import { isAwsmfaError } from "../../core/errors.ts";
import { printable } from "../../core/printable.ts";
import { errorCode } from "../../system/error-code.ts";
import type { Lock } from "../../system/lock-attempt.ts";
import { waitForFile, type Waiting } from "../../system/lock.ts";
import { isSameFile } from "../../system/same-file.ts";
import type { AwsFile } from "./aws-file.ts";
import { held, waitingFor } from "./patient-lock.ts";
import { findFile } from "./present-file.ts";

/**
 * Does something with an AWS file while nobody else may: under the lock that goes by its name, and then one on
 * the file itself, which may have other names. Throws 253 where a lock cannot be had within
 * `AWS_MFA_LOCK_TIMEOUT`, and where none can be made.
 */
export async function withFileLock<Result>(
  context: Context,
  file: AwsFile,
  act: () => Promise<Result>,
): Promise<Result> {
  const named = await file.lock(context);
  try {
    const itself = await lockItself(context, file);
    try {
      return await act();
    } finally {
      itself.release();
    }
  } finally {
    named.release();
  }
}

/** Under another name, by a link, the file has another lock. */
async function lockItself(context: Context, file: AwsFile): Promise<Lock> {
  // There a locked file can neither be read nor be replaced.
  if (process.platform === "win32") return noLock;
  let found = findFile(file);
  const waiting = waitingFor(context, () => found.target);
  for (;;) {
    const { target, stats } = found;
    const lock = stats === undefined ? noLock : await lockContent(context, target, waiting);
    try {
      found = findFile(file);
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
