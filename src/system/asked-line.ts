import widthOf from "fast-string-width";
import { printable } from "../core/printable.ts";
import { typedLine, type Key } from "../core/typed-keys.ts";

/** A question, one at a time, and the line that is typed to answer it. */
export interface AskedLine {
  /** The answer; undefined where no key will come any more, and at ^D on an empty line. */
  ask(prompt: string, hidden: boolean): Promise<string | undefined>;
  /** A key that was pressed; it waits where nothing is asked. */
  press(key: Key): void;
  /** Forgets the keys that wait. */
  forget(): void;
  /** Asks anew, from an empty line. */
  repeat(): void;
  /** No key will come any more. */
  end(): void;
}

interface Question {
  readonly prompt: string;
  readonly hidden: boolean;
  line: string;
  readonly answer: (line: string | undefined) => void;
}

/** Makes answers of keys, and shows them as they are typed unless they are hidden. */
export function askedLine(write: (text: string) => void): AskedLine {
  let waiting: Key[] = [];
  let asked: Question | undefined;
  let isOver = false;

  const settle = (question: Question, line: string | undefined): void => {
    asked = undefined;
    write("\n");
    question.answer(line);
  };
  const take = (question: Question, key: Key): void => {
    const { line, hidden } = question;
    if (key.kind === "enter") settle(question, line);
    else if (key.kind !== "end-of-input") {
      question.line = typedLine(line, key);
      if (!hidden) write(difference(line, question.line));
    } else if (line === "") settle(question, undefined);
  };
  const takeWaiting = (): void => {
    while (waiting.length > 0) {
      if (asked === undefined) return;
      const key = waiting.shift();
      if (key !== undefined) take(asked, key);
    }
  };
  return {
    ask: (prompt, hidden) =>
      new Promise((answer) => {
        asked = { prompt, hidden, line: "", answer };
        write(prompt);
        if (isOver) settle(asked, undefined);
        else takeWaiting();
      }),
    press(key) {
      waiting.push(key);
      takeWaiting();
    },
    forget: () => void (waiting = []),
    repeat() {
      waiting = [];
      if (asked === undefined) return;
      asked.line = "";
      write(asked.prompt);
    },
    end() {
      isOver = true;
      if (asked !== undefined) settle(asked, undefined);
    },
  };
}

/** What turns one line on the screen into another that is longer or shorter. */
function difference(before: string, after: string): string {
  if (after.length >= before.length) return printable(after.slice(before.length));
  return "\b \b".repeat(widthOf(printable(before.slice(after.length))));
}
