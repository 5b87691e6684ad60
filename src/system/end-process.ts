import { constants } from "node:os";
import type { ChildEnd } from "./run-child.ts";

/** Signals that end a process without dumping its memory, which holds secrets. */
const repeatable: ReadonlySet<string> = new Set([
  "SIGINT",
  "SIGTERM",
  "SIGHUP",
  "SIGKILL",
  "SIGPIPE",
]);

/** Ends this process as its child ended, so that nobody outside can tell the difference. */
export function endLike(end: Extract<ChildEnd, { kind: "exit" | "signal" }>): void {
  if (end.kind === "exit") process.exitCode = end.code;
  else endBySignal(end.signal);
}

/** Dies of a signal, so that a `^C` stops a shell's loop; else exits with 128 + its number. */
export function endBySignal(signal: NodeJS.Signals): void {
  process.exitCode = 128 + constants.signals[signal];
  if (!repeatable.has(signal)) return;
  // Node ignores SIGPIPE from the start: a listener taken away again gives it its default back.
  if (signal === "SIGPIPE") process.on(signal, () => undefined);
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
}
