import { appendFileSync, chmodSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import type { SandboxOptions } from "../../src/sandbox/sandbox.ts";
import { awsCommands, awsmfa } from "../support/commands.ts";
import { keysSection } from "../support/lab.ts";
import { runAwsmfa, type Ended } from "../support/run.ts";
import { startWatchHome, type WatchHome } from "./watch-home.ts";

type Variables = Readonly<Record<string, string>>;

/** The home of somebody whose profile `dev-mfa` has the session of `dev`, by its `credential_process`. */
export interface ProcessHome extends WatchHome {
  /** The session store. */
  readonly store: string;
  /** Names of the files in it. */
  stored(): string[];
  /** The environment where nobody can be asked. */
  readonly alone: Variables;
  /** The environment of somebody at a terminal, who has no askpass program. */
  readonly atTerminal: Variables;
  /** Adds sections to the config file. */
  configure(sections: string): void;
  /** Writes a program below the home. */
  program(path: string, script: string): string;
  /** `awsmfa credential-process --profile dev`, without a terminal. */
  ask(more?: Variables, profile?: string): Promise<Ended>;
}

/** Starts one; askpass answers with a code of the moment. */
export async function startProcessHome(options?: Partial<SandboxOptions>): Promise<ProcessHome> {
  const users = [{ name: "alice", devices: ["phone"] }];
  const own = await startWatchHome((user) => keysSection("dev", user), { users, ...options });
  const path = `${own.home}/bin:${dirname(awsCommands[0]!.path)}:${own.env["PATH"]}`;
  const env: Variables = { ...own.env, PATH: path };
  const { AWS_MFA_PROMPT: _choice, AWS_MFA_ASKPASS: _program, ...atTerminal } = env;
  const config = own.write(
    ".aws/config",
    `[profile dev]\nregion = us-east-1\nmfa_serial = ${own.user.serial}\n` +
      "[profile dev-mfa]\nregion = us-east-1\ncredential_process = awsmfa credential-process --profile dev\n",
  );
  const store = join(own.home, ".aws/aws-mfa-secure-sessions");
  const program: ProcessHome["program"] = (path, script) => {
    const file = own.write(path, `#!/bin/sh\n${script}\n`);
    chmodSync(file, 0o755);
    return file;
  };
  program("bin/awsmfa", `exec '${process.execPath}' '${awsmfa}' "$@"`);
  return Object.assign(own, {
    env,
    atTerminal,
    alone: { ...env, AWS_MFA_PROMPT: "none" },
    store,
    stored: () => readdirSync(store).toSorted(),
    configure: (sections: string) => appendFileSync(config, sections),
    program,
    ask: (more: Variables = {}, profile = "dev") =>
      runAwsmfa(["credential-process", "--profile", profile], { env: { ...env, ...more } }),
  });
}

/** The answer to an SDK, and nothing else. */
export function answerOf({ stdout }: Ended): Record<string, unknown> {
  return JSON.parse(stdout) as Record<string, unknown>;
}
