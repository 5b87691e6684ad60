import { isatty, ReadStream } from "node:tty";

/** Node has no public way to ask that which would not open stdin (DEP0161 is but announced). */
interface Handles {
  readonly _getActiveHandles?: () => unknown[];
}

/** Whether this program waits for somebody to type something; true where Node does not tell. */
export function readsTerminal(): boolean {
  if (!isatty(0)) return false;
  const handles = (process as Handles)["_getActiveHandles"]?.();
  return handles === undefined || handles.some(isBeingRead);
}

function isBeingRead(handle: unknown): boolean {
  return handle instanceof ReadStream && !handle.isPaused() && handle.readableFlowing !== null;
}
