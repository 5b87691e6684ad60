import { setTimeout as sleep } from "node:timers/promises";
import { askedLine } from "./asked-line.ts";
import { openRawTerminal } from "./raw-terminal.ts";

/** Questions and answers on the controlling terminal, never on stdin, stdout or stderr. */
export interface Dialogue {
  /** Shows lines. */
  tell(text: string): void;
  /** The answer; undefined at the end of input (^D). What was typed before the question is dropped. */
  ask(prompt: string): Promise<string | undefined>;
  /** The same, and nothing of the answer is shown. It may have been pasted along with the one before. */
  askHidden(prompt: string): Promise<string | undefined>;
  close(): void;
}

/** For how long the rest of something pasted may take to arrive, in milliseconds. */
const pastedMs = 150;

/**
 * Opens a dialogue; undefined where there is no terminal. From the first question to the end the terminal
 * shows only what is typed at a question that shows it: a secret may be typed ahead.
 */
export function openDialogue(): Dialogue | undefined {
  const line = askedLine((text) => terminal?.write(text));
  const terminal = openRawTerminal({
    onKey: line.press,
    onEnd: line.end,
    onResume: line.repeat,
  });
  if (terminal === undefined) return undefined;
  let hasAsked = false;
  return {
    tell: (text) => terminal.write(`${text}\n`),
    async ask(prompt) {
      if (hasAsked) await sleep(pastedMs);
      hasAsked = true;
      line.forget();
      return line.ask(prompt, false);
    },
    askHidden: (prompt) => line.ask(prompt, true),
    close: terminal.close,
  };
}
