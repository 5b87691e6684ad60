import { setTimeout as sleep } from "node:timers/promises";
import widthOf from "fast-string-width";
import { printable } from "../core/printable.ts";
import { typedLine, type Key } from "../core/typed-keys.ts";
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

interface Question {
  readonly prompt: string;
  readonly hidden: boolean;
  line: string;
  readonly settle: (answer: string | undefined) => void;
}

/** For how long the rest of something pasted may take to arrive, in milliseconds. */
const pastedMs = 150;

/**
 * Opens a dialogue; undefined where there is no terminal. From the first question to the end the terminal
 * shows only what is typed at a question that shows it: a secret may be typed ahead.
 */
export function openDialogue(): Dialogue | undefined {
  let ahead: Key[] = [];
  let question: Question | undefined;
  let hasAsked = false;
  let isOver = false;

  const settle = (answer: string | undefined): void => {
    const { settle } = question ?? {};
    question = undefined;
    terminal?.write("\n");
    settle?.(answer);
  };
  const take = (question: Question, key: Key): void => {
    if (key.kind === "enter") return settle(question.line);
    if (key.kind === "end-of-input") return question.line === "" ? settle(undefined) : undefined;
    const before = question.line;
    question.line = typedLine(before, key);
    if (!question.hidden) terminal?.write(difference(before, question.line));
  };
  const takeAll = (): void => {
    while (ahead.length > 0) {
      if (question === undefined) return;
      const key = ahead.shift();
      if (key !== undefined) take(question, key);
    }
  };
  const terminal = openRawTerminal({
    onKey(key) {
      ahead.push(key);
      takeAll();
    },
    onEnd() {
      isOver = true;
      if (question !== undefined) settle(undefined);
    },
    onResume() {
      ahead = [];
      if (question === undefined) return;
      question.line = "";
      terminal?.write(question.prompt);
    },
  });
  if (terminal === undefined) return undefined;

  const put = (prompt: string, hidden: boolean): Promise<string | undefined> =>
    new Promise((resolve) => {
      question = { prompt, hidden, line: "", settle: resolve };
      terminal.write(prompt);
      if (isOver) settle(undefined);
      else takeAll();
    });
  return {
    tell: (text) => terminal.write(`${text}\n`),
    async ask(prompt) {
      if (hasAsked) await sleep(pastedMs);
      hasAsked = true;
      ahead = [];
      return put(prompt, false);
    },
    askHidden: (prompt) => put(prompt, true),
    close: terminal.close,
  };
}

/** What turns one line on the screen into another that is longer or shorter. */
function difference(before: string, after: string): string {
  if (after.length >= before.length) return printable(after.slice(before.length));
  return "\b \b".repeat(widthOf(printable(before.slice(after.length))));
}
