import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { awsmfa } from "../support/commands.ts";

/** An event as `--json` tells it; `docs/watch-json.md` says which fields are there. */
export interface Told {
  readonly [field: string]: unknown;
  readonly time: string;
  readonly event: string;
  readonly message: string;
}

/** A watcher under way. */
export interface Watcher extends AsyncDisposable {
  readonly pid: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Waits until stderr, or stdout, says this after what earlier calls waited for. Rejects at the end. */
  until(text: string | RegExp, seconds?: number): Promise<void>;
  /** What it has told so far, with `--json`: every line on stdout is an event. */
  events(): Told[];
  signal(signal: NodeJS.Signals): void;
  /** How it ended: by an exit code, or by a signal. */
  readonly ended: Promise<number | NodeJS.Signals>;
}

/** Starts `awsmfa watch`, by a shell script that runs it as `"$@"`. */
export function startWatcher(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  by: string,
): Watcher {
  const command = [process.execPath, awsmfa, "watch", ...args];
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
    events: () => {
      const lines = said.stdout.split("\n").slice(0, -1);
      return lines.map((line) => JSON.parse(line) as Told);
    },
    signal: (signal) => void child.kill(signal),
    ended,
    async [Symbol.asyncDispose]() {
      if (!over) child.kill("SIGTERM");
      await ended;
    },
  };
}
