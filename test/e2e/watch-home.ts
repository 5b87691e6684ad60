import { once } from "node:events";
import { chmodSync, readFileSync } from "node:fs";
import { createServer, type AddressInfo, type Server } from "node:net";
import type { SandboxOptions, SandboxUser } from "../../src/sandbox/sandbox.ts";
import { keysSection } from "../support/lab.ts";
import { startRefreshHome, type RefreshHome } from "./refresh-home.ts";
import { startWatcher, type Watcher } from "./watcher.ts";

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
