import { keysIn, type Key } from "../core/typed-keys.ts";
import { keepTerminalSane } from "./keep-terminal-sane.ts";
import { openTerminal, type Terminal } from "./terminal.ts";
import { writeAll } from "./write-all.ts";

/** A terminal that shows nothing by itself. */
export interface RawTerminal {
  write(text: string): void;
  /** Makes it again what it was. */
  close(): void;
}

interface Events {
  readonly onKey: (key: Key) => void;
  /** No key will come any more. */
  readonly onEnd: () => void;
  /** Somebody else may have written to the terminal meanwhile (^Z and fg). */
  readonly onResume: () => void;
}

/**
 * Takes the controlling terminal out of its line mode: what is typed is shown by us or not at all, also what
 * is typed before we ask. ^C, ^\ and ^Z still reach every program in the foreground, and however we end or
 * are stopped, the terminal is as before. Undefined where there is none.
 */
export function openRawTerminal(events: Events): RawTerminal | undefined {
  const terminal = openTerminal();
  return terminal && takeTerminal(terminal, events);
}

function takeTerminal(terminal: Terminal, { onKey, onEnd, onResume }: Events): RawTerminal {
  const stream = terminal.stream();
  const write = (text: string): void => {
    try {
      writeAll(terminal.output, text);
    } catch {
      // It is gone, and so is whoever could read it.
    }
  };
  let isOpen = true;
  const close = (): void => {
    if (!isOpen) return;
    isOpen = false;
    forget();
    stream.setRawMode(false);
    stream.destroy();
    terminal.close();
  };
  const forget = keepTerminalSane({
    take() {
      stream.setRawMode(true);
      onResume();
    },
    giveBack: () => void stream.setRawMode(false),
    close,
  });
  stream.setEncoding("utf8");
  stream.on("error", onEnd);
  stream.on("end", onEnd);
  stream.on("data", (text: string) => {
    for (const key of keysIn(text)) {
      if (key.kind !== "signal") onKey(key);
      // What was typed behind it is lost, as ever.
      else return send(key.signal, write);
    }
  });
  stream.setRawMode(true);
  return { write, close };
}

const carets = { SIGINT: "^C", SIGQUIT: "^\\", SIGTSTP: "^Z" };

/** To the whole group, as the line mode of a terminal does. */
function send(signal: keyof typeof carets, write: (text: string) => void): void {
  write(`${carets[signal]}\n`);
  // Windows has no groups, and knows but the first of these.
  if (process.platform !== "win32") process.kill(0, signal);
  else if (signal === "SIGINT") process.emit(signal, signal);
}
