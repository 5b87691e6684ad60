import { dirname, join } from "node:path";
import type { Context } from "../core/context.ts";
import { lockTimeoutSeconds } from "../core/duration.ts";
import { configurationError } from "../core/errors.ts";
import { printable } from "../core/printable.ts";
import type { Holder } from "../system/lock-attempt.ts";
import { waitForSharedLock, type WaitEnd, type Waiting } from "../system/lock.ts";
import { makePrivateFolder } from "../system/make-folder.ts";
import { unwritable } from "./unwritable.ts";

/** A holder that needs no more time than this, in milliseconds, need not be mentioned. */
const silentMs = 1000;

/**
 * Does something with the credentials file while nobody else may: an exclusive `fcntl` lock on
 * `.credentials.lock` beside the file as it is named, the protocol of all that write it. Throws 253 where
 * the lock cannot be had within `AWS_MFA_LOCK_TIMEOUT`, and where none can be made.
 */
export async function withCredentialsLock<Result>(
  context: Context,
  path: string,
  act: () => Result,
): Promise<Result> {
  const lockPath = join(dirname(path), ".credentials.lock");
  const whileWaiting = patience(context, lockPath);
  const { report } = context;
  const wait = await lockAt(path, lockPath, { report, whileWaiting });
  if (wait.kind === "gave-up") throw wait.result;
  try {
    return act();
  } finally {
    wait.lock.release();
  }
}

async function lockAt(
  path: string,
  lockPath: string,
  waiting: Waiting<Error>,
): Promise<WaitEnd<Error>> {
  try {
    makePrivateFolder(dirname(path));
    return await waitForSharedLock(lockPath, waiting);
  } catch (error) {
    throw unwritable(path, error);
  }
}

function patience({ env, report }: Context, lockPath: string) {
  const timeoutMs = lockTimeoutSeconds(env) * 1000;
  const started = performance.now();
  let said = false;
  return (holder: Holder): Error | undefined => {
    const waited = performance.now() - started;
    if (waited > timeoutMs) return timeoutError(holder, lockPath);
    if (!said && waited > silentMs) {
      said = true;
      report.say(`waiting for ${nameOf(holder)}, which holds ${printable(lockPath)}.`);
    }
    return undefined;
  };
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

/** Other programs leave no name. */
function nameOf({ pid }: Holder): string {
  return pid === undefined ? "another program" : `another awsmfa (process ${pid})`;
}
