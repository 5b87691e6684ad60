import { constants } from "node:os";
import { isatty } from "node:tty";
import type { Shell } from "../shell/shell.ts";
import { writeAll } from "../system/write-all.ts";

/**
 * An `eval` of nothing would succeed: this one is given something that fails. On a terminal nobody
 * evaluates what we print.
 */
export function failTheEval(shell: Shell, exitCode: number): void {
  if (!isatty(1)) writeAll(1, `${shell.fail(exitCode)}\n`);
}

/** What ends us while somebody is asked; ^C has an error of its own. */
const deadly = ["SIGTERM", "SIGHUP", "SIGQUIT", "SIGALRM", "SIGUSR1", "SIGUSR2"] as const;

/** From now on these signals make the `eval` fail, too. */
export function failTheEvalOnSignals(shell: Shell): void {
  for (const signal of deadly) {
    process.once(signal, () => {
      const status = 128 + constants.signals[signal];
      try {
        failTheEval(shell, status);
      } finally {
        // Others who listen have a child to end first, and then end us themselves.
        if (process.listenerCount(signal) === 0) process.exit(status);
      }
    });
  }
}
