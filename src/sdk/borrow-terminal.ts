import type { ReadStream } from "node:tty";
import { terminalReaders } from "../system/terminal-readers.ts";

/** What a call does to the terminal of the program. */
interface Loan {
  /** To be called before somebody is asked there. */
  readonly begin: () => Promise<void>;
  readonly end: () => void;
}

/** How many have it, and what gives it back. */
let borrowers = 0;
let giveBack: (() => void)[] = [];

/**
 * Has the program's own reader of the terminal (a REPL, `readline`) wait while somebody is asked: else each would
 * get a part of what is typed.
 */
export function borrowTerminal(): Loan {
  let isLent = false;
  return {
    begin: async () => {
      if (isLent) return;
      isLent = true;
      if (borrowers++ === 0) giveBack = (terminalReaders() ?? []).filter(isStdin).map(pause);
    },
    end: () => {
      if (isLent && --borrowers === 0) giveBack.forEach((give) => give());
    },
  };
}

/** Others may be prompts of ours. */
function isStdin(stream: ReadStream): boolean {
  return (stream as ReadStream & { readonly fd?: number }).fd === 0;
}

/** It is read again afterwards, unless the program has no more need of that. */
function pause(stream: ReadStream): () => void {
  const { isRaw } = stream;
  const before = listeners(stream);
  stream.pause();
  if (isRaw) stream.setRawMode(false);
  return () => {
    if (stream.destroyed || listeners(stream) < before) return;
    if (isRaw) stream.setRawMode(true);
    stream.resume();
  };
}

function listeners(stream: ReadStream): number {
  const events = ["data", "readable", "keypress"];
  return events.reduce((sum, event) => sum + stream.listenerCount(event), 0);
}
