import { configurationError, isAwsmfaError } from "../../core/errors.ts";
import { Dialogue } from "../../system/dialogue.ts";

/** What an answer means, or what is wrong with it. */
export type Reading<Meaning> = { kind: "ok"; value: Meaning } | { kind: "fault"; text: string };

/** Questions that are asked until they are answered. All throw 253 at the end of input (^D). */
export interface Interview {
  tell(text: string): void;
  /** Leading and trailing white space is no part of an answer. */
  ask<Meaning>(prompt: string, read: (answer: string) => Reading<Meaning>): Promise<Meaning>;
  /** The same, and nothing of the answer is shown. */
  askHidden<Meaning>(prompt: string, read: (answer: string) => Reading<Meaning>): Promise<Meaning>;
  /** Anything but y and yes is no. */
  confirm(question: string): Promise<boolean>;
  /** Gives the terminal back. */
  close(): void;
}

/** Opens an interview on the controlling terminal; undefined where there is none. */
export function openInterview(): Interview | undefined {
  const dialogue = Dialogue.open();
  return dialogue && interviewOn(dialogue);
}

function interviewOn(dialogue: Dialogue): Interview {
  const until = async <Meaning>(
    ask: () => Promise<string | undefined>,
    read: (answer: string) => Reading<Meaning>,
  ): Promise<Meaning> => {
    for (;;) {
      const answer = await ask();
      if (answer === undefined) throw endOfInput();
      const reading = read(answer.trim());
      if (reading.kind === "ok") return reading.value;
      dialogue.tell(reading.text);
    }
  };
  return {
    tell: (text) => dialogue.tell(text),
    ask: (prompt, read) => until(() => dialogue.ask(prompt), read),
    askHidden: (prompt, read) => until(() => dialogue.askHidden(prompt), read),
    confirm: (question) =>
      until(
        () => dialogue.ask(`${question} [y/N] `),
        (answer) => ok(/^y(es)?$/i.test(answer)),
      ),
    close: () => dialogue.close(),
  };
}

/** An answer that means something. */
export function ok<Meaning>(value: Meaning): Reading<Meaning> {
  return { kind: "ok", value };
}

/** An answer that will not do; the text is a sentence. */
export function fault<Meaning>(text: string): Reading<Meaning> {
  return { kind: "fault", text };
}

/** Whether there was no more input for a question. */
export function isEndOfInput(error: unknown): boolean {
  return isAwsmfaError(error) && error.code === "EndOfInput";
}

function endOfInput(): Error {
  return configurationError("EndOfInput", "the input has ended: nothing was written.");
}
