import { writeSync } from "node:fs";
import { Writable } from "node:stream";
import { read } from "read";
import type { Context } from "../core/context.ts";
import { interruptedError } from "../core/errors.ts";
import { openTerminal, type Terminal } from "../system/terminal.ts";

/** How long to wait for the terminal, and for an answer: as the context says. */
type TerminalWaiting = Pick<Context, "borrowTerminal" | "patienceSeconds" | "givesWay">;

/**
 * Asks on the controlling terminal, never on stdin or stdout. The terminal stays in its own line mode,
 * so that ^C, ^D and ^Z behave as ever. Undefined at the end of input (^D), and where nobody is waited for any
 * more; throws 130 after ^C.
 */
export async function askOnTerminal(
  prompt: string,
  waiting: TerminalWaiting = {},
): Promise<string | undefined> {
  const giveBack = await waiting.borrowTerminal?.();
  const terminal = waiting.givesWay?.aborted ? undefined : openTerminal();
  try {
    return terminal && (await askOn(terminal, prompt, waiting));
  } finally {
    terminal?.close();
    giveBack?.();
  }
}

async function askOn(
  terminal: Terminal,
  prompt: string,
  { patienceSeconds, givesWay }: TerminalWaiting,
): Promise<string | undefined> {
  const input = terminal.stream();
  const output = new Writable({
    write(chunk: Buffer, _encoding, done) {
      writeSync(terminal.output, chunk);
      done();
    },
  });
  return new Promise((resolve, reject) => {
    let over = false;
    const finish = (settle: () => void, { newLine }: { newLine: boolean }): void => {
      // The end of input may come after its last line: by then the terminal is closed.
      if (over) return;
      over = true;
      clearTimeout(timer);
      givesWay?.removeEventListener("abort", onEnd);
      process.off("SIGINT", onInterrupt);
      process.off("SIGCONT", onContinue);
      if (newLine) output.write("\n");
      input.destroy();
      settle();
    };
    const onInterrupt = (): void => finish(() => reject(interruptedError()), { newLine: true });
    const onContinue = (): void => void output.write(prompt);
    const onEnd = (): void => finish(() => resolve(undefined), { newLine: true });
    const timer = patienceSeconds ? setTimeout(onEnd, patienceSeconds * 1000) : undefined;
    givesWay?.addEventListener("abort", onEnd);
    process.on("SIGINT", onInterrupt);
    process.on("SIGCONT", onContinue);
    read({ prompt, input, output }).then(
      // A last line without a line end leaves the cursor behind it.
      (line) => finish(() => resolve(line), { newLine: input.readableEnded }),
      (error: Error) => finish(() => reject(error), { newLine: false }),
    );
    // After `read`'s own listener, which takes a last line without a line end.
    input.once("end", () => setImmediate(onEnd));
    input.once("error", onEnd);
  });
}
