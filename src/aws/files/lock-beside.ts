import { existsSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Context } from "../../core/context.ts";
import { printable } from "../../core/printable.ts";
import type { Lock } from "../../system/lock-attempt.ts";
import { waitForSharedLock } from "../../system/lock.ts";
import { makePrivateFolder } from "../../system/make-folder.ts";
import { isSameFile } from "../../system/same-file.ts";
import { held, waitingFor } from "./patient-lock.ts";
import { findFile, unusable, type NamedFile } from "./present-file.ts";
import { unwritable } from "./unwritable.ts";

/**
 * The lock of the credentials file: an exclusive `fcntl` lock on `.credentials.lock` beside the file as it is
 * named, the protocol of all that write it. Throws 253 or 255 where it cannot be had.
 */
export async function lockBeside(context: Context, file: NamedFile): Promise<Lock> {
  const { path } = file;
  const lockPath = join(dirname(path), ".credentials.lock");
  const waiting = waitingFor(context, () => lockPath);
  // No lock is left beside what can be no credentials file.
  findFile(file);
  try {
    makePrivateFolder(dirname(path));
    refuseOddLock(lockPath, file);
    return held(await waitForSharedLock(lockPath, waiting));
  } catch (error) {
    throw unwritable(existsSync(lockPath) ? lockPath : path, error);
  }
}

/** What stands in the lock file's place may be read and written by whoever locks it. */
function refuseOddLock(lockPath: string, { path, variable }: NamedFile): void {
  const lock = statSync(lockPath, { throwIfNoEntry: false });
  if (lock === undefined) return;
  if (!lock.isFile()) throw unusable({ path: lockPath, variable }, "is not a file");
  if (isSameFile(statSync(path, { throwIfNoEntry: false }), lock)) {
    throw unusable({ path, variable }, `is the same file as its lock, ${printable(lockPath)}`);
  }
}
