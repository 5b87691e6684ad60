import { ReadStream } from "node:tty";

/** Node has no public way to ask that which would not open stdin (DEP0161 is but announced). */
interface Handles {
  readonly _getActiveHandles?: () => unknown[];
}

/** By which this program waits for somebody to type something; undefined where Node does not tell. */
export function terminalReaders(): ReadStream[] | undefined {
  return (process as Handles)["_getActiveHandles"]?.().filter(isBeingRead);
}

function isBeingRead(handle: unknown): handle is ReadStream {
  return handle instanceof ReadStream && !handle.isPaused() && handle.readableFlowing !== null;
}
