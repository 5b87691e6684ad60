import { writeSync } from "node:fs";
import { errorCode } from "./error-code.ts";

/** Somebody else may have made a pipe that we share non-blocking, and it may be full for a while. */
const patience = { pauseMs: 10, pauses: 300 };

/** Writes all of a text to a descriptor, at once. Throws the system's error. */
export function writeAll(fd: number, text: string): void {
  let rest = Buffer.from(text);
  for (let pauses = 0; rest.length > 0;) {
    try {
      rest = rest.subarray(writeSync(fd, rest));
    } catch (error) {
      if (errorCode(error) !== "EAGAIN" || ++pauses > patience.pauses) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, patience.pauseMs);
    }
  }
}
