import type { Context } from "../../core/context.ts";
import { lockTimeoutSeconds } from "../../core/duration.ts";
import { configurationError } from "../../core/errors.ts";
import { printable } from "../../core/printable.ts";
import type { Holder, Lock } from "../../system/lock-attempt.ts";
import { nameOfHolder } from "../../system/lock-holder.ts";
import type { WaitEnd, Waiting } from "../../system/lock.ts";
import { patience } from "../../system/patience.ts";

/** A holder that needs no more time than this, in milliseconds, need not be mentioned. */
const silentMs = 1000;

/** How to wait for a file that other programs lock, too: named by its path, which may change meanwhile. */
export function waitingFor({ env, report }: Context, path: () => string): Waiting<Error> {
  const whileWaiting = patience<Error>(
    { silentMs, timeoutMs: lockTimeoutSeconds(env) * 1000 },
    {
      say: (holder) =>
        report.say(`waiting for ${nameOf(holder)}, which holds ${printable(path())}.`),
      giveUp: (holder) => timeoutError(holder, path()),
    },
  );
  return { report, whileWaiting };
}

/** The lock that was waited for. Throws what the waiting ended with instead. */
export function held(end: WaitEnd<Error>): Lock {
  if (end.kind === "gave-up") throw end.result;
  return end.lock;
}

function timeoutError(holder: Holder, path: string): Error {
  return configurationError(
    "FileLocked",
    `${nameOf(holder)} still holds ${printable(path)}: nothing was written.`,
    {
      hint: "End it, or wait for longer: AWS_MFA_LOCK_TIMEOUT says for how many seconds (120).",
    },
  );
}

function nameOf(holder: Holder): string {
  return nameOfHolder(holder, "another program");
}
