import { constants } from "node:os";
import { Writable } from "node:stream";

/**
 * Prepares this process for a prompt and a conversation with AWS, which may take minutes.
 *
 * Whoever looks at `process.stdout` or `process.stderr` makes Node switch a pipe there to non-blocking,
 * for all that share it, and other programs would lose what they write: libraries get streams that lead
 * nowhere, we write to the descriptors. Of the signals that Node or the system would answer by opening a
 * debugger or by dumping our memory, with keys in it, we just die, unless somebody listens to them.
 */
export function guardProcess(): void {
  for (const name of ["stdout", "stderr"] as const) {
    const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
    Object.defineProperty(process, name, { value: nowhere, configurable: true });
  }
  for (const signal of ["SIGUSR1", "SIGQUIT"] as const) {
    if (process.listenerCount(signal) > 0) continue;
    process.on(signal, () => process.exit(128 + constants.signals[signal]));
  }
}
