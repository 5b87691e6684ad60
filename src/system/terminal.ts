import { closeSync, openSync } from "node:fs";
import { ReadStream } from "node:tty";
import { isInForeground } from "./foreground.ts";

/** The controlling terminal, opened apart from stdin, stdout and stderr. */
export interface Terminal {
  readonly input: number;
  readonly output: number;
  /** What is typed, line by line. To be destroyed before `close`; throws where the terminal is gone. */
  stream(): ReadStream;
  close(): void;
}

/** Opens the terminal; undefined where there is none, or where we are in the background of it. */
export function openTerminal(): Terminal | undefined {
  const windows = process.platform === "win32";
  // A background process that reads its terminal is stopped by it: better not to ask there.
  if (!windows && !isInForeground()) return undefined;
  try {
    const input = openSync(windows ? "\\\\.\\CONIN$" : "/dev/tty", windows ? "r+" : "r");
    try {
      const output = openSync(windows ? "\\\\.\\CONOUT$" : "/dev/tty", "w");
      return terminalOf(input, output);
    } catch (error) {
      closeQuietly(input);
      throw error;
    }
  } catch {
    return undefined;
  }
}

function terminalOf(input: number, output: number): Terminal {
  let open = [input, output];
  return {
    input,
    output,
    stream() {
      const stream = new ReadStream(input);
      // libuv opens the terminal anew for the stream and leaves this descriptor to us. On Windows it
      // takes it over: closed twice, it could be somebody else's by then.
      if (process.platform === "win32") open = [output];
      return stream;
    },
    close() {
      open.forEach(closeQuietly);
      open = [];
    },
  };
}

function closeQuietly(fd: number): void {
  try {
    closeSync(fd);
  } catch {
    // The terminal is gone.
  }
}
