import { realpathSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Context } from "../../core/context.ts";
import type { Lock } from "../../system/lock-attempt.ts";
import { waitForLock } from "../../system/lock.ts";
import { makePrivateFolder } from "../../system/make-folder.ts";
import { lockFolder } from "../../system/own-folders.ts";
import { sha256 } from "../../system/sha256.ts";
import { held, waitingFor } from "./patient-lock.ts";
import { unwritable } from "./unwritable.ts";

/**
 * The lock of the config file, which other programs write without one: it lies among those of awsmfa, and
 * nothing is left beside the file. Throws 253 or 255 where it cannot be had.
 */
export async function lockElsewhere(context: Context, path: string): Promise<Lock> {
  const waiting = waitingFor(context, () => path);
  const name = sha256(`config file ${placeOf(path)}`);
  return held(await waitForLock(await lockFolder(context.env), name, waiting));
}

/** One name for what has several, by links of its folder. */
function placeOf(path: string): string {
  try {
    makePrivateFolder(dirname(path));
    return join(realpathSync(dirname(path)), basename(path));
  } catch (error) {
    throw unwritable(path, error);
  }
}
