import { setFlagsFromString } from "node:v8";

/**
 * From now on V8 runs functions as they are, however often: its optimizing compiler takes 6 MB (Node 22) to
 * load, which a program that sleeps for most of the time never earns back.
 */
export function leaveUnoptimized(): void {
  setFlagsFromString("--no-opt");
}
