import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { awsmfa } from "../support/commands.ts";

/** A command of ours that runs for long. */
export interface Running extends AsyncDisposable {
  readonly pid: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Waits until stderr, or stdout, says this after what earlier calls waited for. Rejects at the end. */
  until(text: string | RegExp, seconds?: number): Promise<void>;
  signal(signal: NodeJS.Signals): void;
  /** How it ended: by an exit code, or by a signal. */
  readonly ended: Promise<number | NodeJS.Signals>;
}

/** Starts awsmfa with these arguments, by a shell script that runs it as `"$@"`; without a terminal. */
export function startRunning(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  by = 'exec "$@"',
): Running {
  const command = [process.execPath, awsmfa, ...args];
  const child = spawn("/bin/bash", ["--norc", "-c", by, "bash", ...command], {
    env,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const said = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name].setEncoding("utf8").on("data", (text: string) => (said[name] += text));
  }
  let over = false;
  const ended = once(child, "close").then(([code, signal]) => {
    over = true;
    return (code ?? signal) as number | NodeJS.Signals;
  });
  const seen = { stdout: 0, stderr: 0 };
  const find = (text: string | RegExp): boolean =>
    (["stdout", "stderr"] as const).some((name) => {
      const rest = said[name].slice(seen[name]);
      const at = typeof text === "string" ? rest.indexOf(text) : rest.search(text);
      if (at < 0) return false;
      seen[name] += at + (typeof text === "string" ? text : (text.exec(rest)?.[0] ?? "")).length;
      return true;
    });
  return {
    pid: child.pid!,
    get stdout() {
      return said.stdout;
    },
    get stderr() {
      return said.stderr;
    },
    async until(text, seconds = 20) {
      const end = Date.now() + seconds * 1000;
      while (!find(text)) {
        if (over || Date.now() > end) {
          const why = over ? "it ended" : `${seconds} s went by`;
          throw new Error(`${why} before ${String(text)}:\n${said.stderr}${said.stdout}`);
        }
        await sleep(20);
      }
    },
    signal: (signal) => void child.kill(signal),
    ended,
    async [Symbol.asyncDispose]() {
      if (!over) child.kill("SIGTERM");
      await ended;
    },
  };
}
