import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import type { Program } from "../fixtures/bundle.ts";

/** A process of `test/fixtures/signal-worker.ts`. */
export interface SignalWorker {
  readonly pid: number;
  /** The next line that it prints; rejects where it ends before. */
  line(): Promise<unknown>;
  signal(...signals: NodeJS.Signals[]): void;
  /** How it ended, and what it printed that nobody has asked for. */
  readonly ended: Promise<{ readonly status: number | string; readonly lines: unknown[] }>;
}

/** Starts one. */
export function startSignalWorker(
  { file, env }: Program,
  args: readonly string[],
  cwd?: string,
): SignalWorker {
  const child = spawn(process.execPath, [file, ...args], {
    env,
    cwd,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const lines: unknown[] = [];
  let rest = "";
  let isOver = false;
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    const whole = (rest + text).split("\n");
    rest = whole.pop() ?? "";
    for (const line of whole) lines.push(parsed(line));
  });
  const ended = once(child, "close").then(([code, signal]) => {
    isOver = true;
    return { status: (code ?? signal) as number | string, lines };
  });
  return {
    pid: child.pid!,
    async line() {
      while (lines.length === 0) {
        if (isOver) throw new Error("It has ended.");
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      return lines.shift();
    },
    signal: (...signals) => signals.forEach((signal) => child.kill(signal)),
    ended,
  };
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return line;
  }
}

/** Whether a process is there, and has not merely been left unburied. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return process.platform !== "linux" || !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}
