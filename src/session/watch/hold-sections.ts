import { realpathSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Context } from "../../core/context.ts";
import { configurationError } from "../../core/errors.ts";
import { printableName } from "../../core/printable.ts";
import type { Holder, Lock } from "../../system/lock-attempt.ts";
import { nameOfHolder } from "../../system/lock-holder.ts";
import { waitForLock } from "../../system/lock.ts";
import { lockFolder } from "../../system/own-folders.ts";
import { patience } from "../../system/patience.ts";
import { credentialsPath } from "../../system/paths.ts";
import { sha256 } from "../../system/sha256.ts";

/** For a holder that has only begun to leave its name, in milliseconds. */
const namelessMs = 1000;

/** Makes this process the one that keeps these sections fresh. Throws 253 where another one does. */
export async function holdSections(context: Context, targets: readonly string[]): Promise<Lock> {
  const file = wholePath(credentialsPath(context.env));
  const folder = await lockFolder(context.env);
  const locks: Lock[] = [];
  const release = (): void => locks.forEach((lock) => lock.release());
  for (const target of targets) {
    const nameless = patience<Holder>(
      { silentMs: Infinity, timeoutMs: namelessMs },
      { say: () => undefined, giveUp: (holder) => holder },
    );
    const wait = await waitForLock(folder, sha256(`watch ${file} ${target}`), {
      report: context.report,
      whileWaiting: (holder) => (holder.pid === undefined ? nameless(holder) : holder),
    });
    if (wait.kind === "gave-up") {
      release();
      throw heldError(wait.result, target);
    }
    locks.push(wait.lock);
  }
  return { release };
}

function heldError(holder: Holder, target: string): Error {
  const name = nameOfHolder(holder, "another awsmfa");
  return configurationError(
    "AlreadyWatched",
    `${name} keeps profile ${printableName(target)} fresh already.`,
    { hint: "End that one first, or let this one write elsewhere: --target …" },
  );
}

/** One file, whatever links lead to its folder or to itself. */
function wholePath(path: string): string {
  for (const whole of [
    () => realpathSync(path),
    () => join(realpathSync(dirname(path)), basename(path)),
  ]) {
    try {
      return whole();
    } catch {
      // It is not there yet.
    }
  }
  return path;
}
