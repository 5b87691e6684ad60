import { writeSync } from "node:fs";
import { Writable } from "node:stream";
import { ReadStream } from "node:tty";
import { read } from "read";
import { interruptedError } from "../core/errors.ts";
import { openTerminal } from "../system/terminal.ts";

/**
 * Asks on the controlling terminal, never on stdin or stdout. The terminal stays in its own line mode,
 * so that ^C, ^D and ^Z behave as ever. Undefined at the end of input (^D); throws 130 after ^C.
 */
export function askOnTerminal(prompt: string): Promise<string | undefined> {
  const terminal = openTerminal();
  if (terminal === undefined) return Promise.resolve(undefined);
  const input = new ReadStream(terminal.input);
  const output = new Writable({
    write(chunk: Buffer, _encoding, done) {
      writeSync(terminal.output, chunk);
      done();
    },
  });
  return new Promise<string | undefined>((resolve, reject) => {
    const finish = (settle: () => void): void => {
      process.off("SIGINT", onInterrupt);
      process.off("SIGCONT", onContinue);
      input.destroy();
      settle();
    };
    const onInterrupt = (): void => {
      output.write("\n");
      finish(() => reject(interruptedError()));
    };
    const onContinue = (): void => void output.write(prompt);
    const onEnd = (): void => {
      output.write("\n");
      finish(() => resolve(undefined));
    };
    process.on("SIGINT", onInterrupt);
    process.on("SIGCONT", onContinue);
    read({ prompt, input, output }).then(
      (line) => finish(() => resolve(line)),
      (error: Error) => finish(() => reject(error)),
    );
    // After `read`'s own listener, which takes a last line without a line end.
    input.once("end", () => setImmediate(onEnd));
    input.once("error", onEnd);
  }).finally(() => terminal.close());
}
