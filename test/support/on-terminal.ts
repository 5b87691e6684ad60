import { closeSync, constants, openSync, readFileSync } from "node:fs";
import { spawn, type IPty } from "@lydell/node-pty";
import { awsmfa } from "./commands.ts";

/** A program on a terminal of its own, as somebody in front of it sees it. */
export interface OnTerminal {
  /** Everything shown so far. */
  readonly shown: string;
  /** Waits until the text is shown after what earlier calls waited for. Rejects after 20 s, or at the end. */
  until(text: string): Promise<void>;
  type(text: string): void;
  readonly pid: number;
  /** How it ended: `signal` is 0 where it ended by itself. */
  readonly ended: Promise<{ exitCode: number; signal: number }>;
}

/** Starts a program on a pseudo-terminal. */
export function onTerminal(
  file: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): OnTerminal {
  const pty = spawn(file, [...args], { env: { ...env }, cols: 120, rows: 40 });
  holdOpen(pty);
  return watch(pty);
}

/**
 * Keeps the terminal open until its program has ended: where the last one to have it open has closed
 * it, libuv may read a part of what is left and take that for the end.
 */
function holdOpen(pty: IPty): void {
  // `ptsName` is public, but missing from the types.
  const { ptsName } = pty as IPty & { readonly ptsName: string };
  const held = openSync(ptsName, constants.O_RDWR | constants.O_NOCTTY);
  pty.onExit(() => closeSync(held));
}

/** Starts a shell command on a pseudo-terminal; `awsmfa` in it is the built program. */
export function shellOnTerminal(script: string, env: Readonly<Record<string, string>>): OnTerminal {
  const definition = `awsmfa() { '${process.execPath}' '${awsmfa}' "$@"; }`;
  return onTerminal("/bin/bash", ["--norc", "-c", `${definition}\n${script}`], env);
}

/** The program that a shell runs. */
export function childOf(shell: number): number {
  return Number(readFileSync(`/proc/${shell}/task/${shell}/children`, "utf8").trim());
}

function watch(pty: IPty): OnTerminal {
  let shown = "";
  let seen = 0;
  let over = false;
  const waiting = new Set<() => void>();
  const wake = (): void => waiting.forEach((check) => check());
  pty.onData((data) => {
    shown += data;
    wake();
  });
  const ended = new Promise<{ exitCode: number; signal: number }>((resolve) => {
    pty.onExit(({ exitCode, signal = 0 }) => {
      over = true;
      wake();
      resolve({ exitCode, signal });
    });
  });
  const until = (text: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const settle = (act: () => void): void => {
        clearTimeout(timer);
        waiting.delete(check);
        act();
      };
      const fail = (why: string): void =>
        settle(() => reject(new Error(`${why} before "${text}". Shown:\n${shown}`)));
      const timer = setTimeout(() => fail("20 s went by"), 20_000);
      const check = (): void => {
        const found = shown.indexOf(text, seen);
        if (found >= 0) {
          seen = found + text.length;
          settle(resolve);
        } else if (over) fail("It ended");
      };
      waiting.add(check);
      check();
    });
  return {
    get shown() {
      return shown;
    },
    until,
    type: (text) => pty.write(text),
    pid: pty.pid,
    ended,
  };
}
