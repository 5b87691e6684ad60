import {
  spawn,
  spawnSync,
  type ChildProcess,
  type SpawnSyncReturns,
  type StdioOptions,
} from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { registerSwitch } from "../../core/register/register-switch.ts";
import type { Environment } from "../../core/environment.ts";
import type { SuppliedEnvironment } from "../../core/register/supplied-environment.ts";
import type { EnvironmentTask } from "../../core/register/environment-task.ts";

/** What the program was started with: whenever it is asked, the question is the same. */
export interface Start {
  readonly env: Environment;
  readonly folder: string;
}

/** stdin is the program's, and so is stdout: what is printed there comes to us. */
const stdio = (stderr: "inherit" | "ignore"): StdioOptions => ["ignore", "pipe", stderr];

/** Has another process of ours ask for a session, and waits for it. */
export function environmentNow(start: Start, task: EnvironmentTask): SpawnSyncReturns<string> {
  return spawnSync(process.execPath, args(task), {
    ...options(start),
    encoding: "utf8",
    stdio: stdio("inherit"),
  });
}

/** The same while the program goes on, and without keeping it. Undefined where it fails. */
export function environmentMeanwhile(
  start: Start,
  task: EnvironmentTask,
  stderr: "inherit" | "ignore",
): Promise<SuppliedEnvironment | undefined> {
  const run = new Promise<SuppliedEnvironment | undefined>((resolve) => {
    const child = spawn(process.execPath, args(task), { ...options(start), stdio: stdio(stderr) });
    const end = (): void => void child.kill();
    process.once("exit", end);
    let output = "";
    child.stdout?.setEncoding("utf8").on("data", (chunk: string) => (output += chunk));
    const settle = (code: number | null): void => {
      process.off("exit", end);
      resolve(code === 0 ? readSupplied(output) : undefined);
    };
    child.once("error", () => settle(null));
    child.once("close", settle);
    letGo(child);
  });
  // The system may not even begin: too many processes, no memory.
  return run.catch(() => undefined);
}

/** What such a process has printed. */
export function readSupplied(output: string): SuppliedEnvironment | undefined {
  try {
    return JSON.parse(output) as SuppliedEnvironment;
  } catch {
    return undefined;
  }
}

/** A program that has nothing else to do ends. */
function letGo(child: ChildProcess): void {
  child.unref();
  (child.stdout as { unref?: () => void } | null)?.unref?.();
}

function args(task: EnvironmentTask): string[] {
  return [join(__dirname, "environment.cjs"), JSON.stringify(task)];
}

function options({ env, folder }: Start): { env: NodeJS.ProcessEnv; cwd: string } {
  // A debugger that waits there would be waited for by everybody.
  const nodeOptions = env["NODE_OPTIONS"]?.replaceAll(/(?<!\S)--inspect\S*/g, "");
  return {
    env: { ...env, [registerSwitch]: "0", ...(nodeOptions && { NODE_OPTIONS: nodeOptions }) },
    cwd: existsSync(folder) ? folder : "/",
  };
}
