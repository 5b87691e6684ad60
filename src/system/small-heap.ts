import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

let collect: (() => void) | undefined;

/**
 * Frees the memory that nothing uses any more, for a program that does little for days: V8 by itself would
 * first let tens of megabytes come together.
 */
export function collectGarbage(): void {
  collect ??= collector();
  collect();
}

/** Contexts that are made while the flag is set have a function `gc`; without one nothing is lost. */
function collector(): () => void {
  setFlagsFromString("--expose-gc");
  const gc: unknown = runInNewContext("globalThis.gc");
  setFlagsFromString("--no-expose-gc");
  return typeof gc === "function" ? () => void gc() : () => undefined;
}

/**
 * From now on V8 runs functions as they are, however often: its optimizing compiler takes 6 MB (Node 22) to
 * load, which a program that sleeps for most of the time never earns back.
 */
export function leaveUnoptimized(): void {
  setFlagsFromString("--no-opt");
}
