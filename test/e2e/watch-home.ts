import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, readFileSync } from "node:fs";
import { createServer, type AddressInfo, type Server } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { SandboxOptions, SandboxUser } from "../../src/sandbox/sandbox.ts";
import { awsmfa } from "../support/commands.ts";
import { keysSection } from "../support/lab.ts";
import { startRefreshHome, type RefreshHome } from "./refresh-home.ts";

/** A watcher under way. */
export interface Watcher extends AsyncDisposable {
  readonly pid: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Waits until stderr, or stdout, says this after what earlier calls waited for. Rejects at the end. */
  until(text: string | RegExp, seconds?: number): Promise<void>;
  signal(signal: NodeJS.Signals): void;
  /** How it ended: by an exit code, or by a signal. */
  readonly ended: Promise<number | NodeJS.Signals>;
}

/** A home whose user has an askpass program that does as it is told. */
export interface WatchHome extends RefreshHome {
  /** What askpass answers from now on: a code of the moment, unless something else is said. */
  answer: Answer;
  /** The prompts that askpass was given. */
  prompts(): string[];
  /** Starts `awsmfa watch`, without a terminal: by a shell script that runs it as `"$@"`, if one is given. */
  watch(args: readonly string[], more?: Readonly<Record<string, string>>, by?: string): Watcher;
}

/** `hang` and `fail` are what it does; everything else is what it prints. */
export type Answer = () => "hang" | "stubborn" | "fail" | (string & {});

/** Starts one in which profile dev has keys and a device. */
export async function startWatchHome(
  credentials = (user: SandboxUser): string =>
    `# mine\n${keysSection("dev", user)}mfa_serial = ${user.serial}\n\n[other]\nregion = eu-west-1\n`,
  options?: SandboxOptions,
): Promise<WatchHome> {
  const home = await startRefreshHome(credentials, options);
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const log = home.write("prompts", "");
  const askpass = home.write("bin/askpass", askpassScript(server, log));
  chmodSync(askpass, 0o755);
  const env = { ...home.env, AWS_MFA_PROMPT: "askpass", AWS_MFA_ASKPASS: askpass };
  const watchers: Watcher[] = [];
  const own = {
    answer: (): string => home.sandbox.freshCode(home.user.name),
    prompts: () => readFileSync(log, "utf8").split("\n").slice(0, -1),
    watch: (args: readonly string[], more = {}, by = 'exec "$@"') => {
      const watcher = startWatcher(args, { ...env, ...more }, by);
      watchers.push(watcher);
      return watcher;
    },
    async [Symbol.asyncDispose]() {
      for (const watcher of watchers) await watcher[Symbol.asyncDispose]();
      server.close();
      await home[Symbol.asyncDispose]();
    },
  };
  const all: WatchHome = Object.assign(Object.create(home) as RefreshHome, home, { env }, own);
  server.on("connection", (socket) => {
    // Whoever asked may have been ended meanwhile.
    socket.on("error", () => undefined).end(`${all.answer()}\n`);
  });
  return all;
}

function askpassScript(server: Server, log: string): string {
  const { port } = server.address() as AddressInfo;
  return `#!/bin/bash
printf '%s\\n' "$1" >>'${log}'
read -r answer </dev/tcp/127.0.0.1/${port}
case $answer in
hang) sleep 987 ;;
stubborn) trap '' TERM INT HUP; sleep 987 ;;
fail) exit 1 ;;
*) printf '%s\\n' "$answer" ;;
esac
`;
}

function startWatcher(
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
    signal: (signal) => void child.kill(signal),
    ended,
    async [Symbol.asyncDispose]() {
      if (!over) child.kill("SIGTERM");
      await ended;
    },
  };
}
