import { spawn, spawnSync, type ChildProcess, type StdioOptions } from "node:child_process";
import { join } from "node:path";
import type { Readable } from "node:stream";
import type { Environment } from "../core/environment.ts";
import type { ProgramAnswer } from "../core/register/program-supply.ts";
import { registerSwitch } from "../core/register/registered-variables.ts";
import type { RegistrarTask } from "../core/register/registrar-task.ts";
import { folderOr } from "../system/working-folder.ts";

/** What the program was started with: whenever it is asked, the question is the same. */
export interface ProgramStart {
  readonly env: Environment;
  readonly folder: string;
}

/** How the process ended that was asked, and what it answered, if anything. */
export interface Asked {
  readonly answer: ProgramAnswer | undefined;
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** The answer has a way of its own: what else the program preloads may print. */
function stdioFor({ isQuiet }: RegistrarTask): StdioOptions {
  return ["ignore", "ignore", isQuiet ? "ignore" : "inherit", "pipe"];
}

/** Asks another process of ours for a session, and waits for it. Throws the system's error. */
export function askRegistrarNow(start: ProgramStart, task: RegistrarTask): Asked {
  const { status, signal, output, error } = spawnSync(process.execPath, args(task), {
    ...options(start),
    encoding: "utf8",
    stdio: stdioFor(task),
  });
  if (error !== undefined) throw error;
  return { answer: readAnswer(output[3] ?? ""), code: status, signal };
}

/** The same while the program goes on, and without keeping it. */
export function askRegistrar(start: ProgramStart, task: RegistrarTask): Promise<Asked> {
  const asked = new Promise<Asked>((resolve) => {
    const child = spawn(process.execPath, args(task), {
      ...options(start),
      stdio: stdioFor(task),
    });
    const end = (): void => void child.kill();
    process.once("exit", end);
    let output = "";
    const answer = child.stdio[3] as Readable;
    answer.setEncoding("utf8").on("data", (chunk: string) => (output += chunk));
    const settle = (code: number | null, signal: NodeJS.Signals | null): void => {
      process.off("exit", end);
      resolve({ answer: readAnswer(output), code, signal });
    };
    child.once("error", () => settle(null, null));
    child.once("close", settle);
    letGo(child, answer);
  });
  // The system may not even begin: too many processes, no memory.
  return asked.catch(() => ({ answer: undefined, code: null, signal: null }));
}

function readAnswer(text: string): ProgramAnswer | undefined {
  try {
    return JSON.parse(text) as ProgramAnswer;
  } catch {
    // It ended before, or in the middle of it.
    return undefined;
  }
}

/** A program that has nothing else to do ends. */
function letGo(child: ChildProcess, answer: Readable & { unref?: () => void }): void {
  child.unref();
  answer.unref?.();
}

function args(task: RegistrarTask): string[] {
  return [join(__dirname, "registrar.cjs"), JSON.stringify(task)];
}

function options({ env, folder }: ProgramStart): { env: NodeJS.ProcessEnv; cwd: string } {
  // A debugger that waits there would be waited for by everybody.
  const nodeOptions = env["NODE_OPTIONS"]?.replaceAll(/(?<!\S)--inspect\S*/g, "");
  return {
    env: { ...env, [registerSwitch]: "0", ...(nodeOptions && { NODE_OPTIONS: nodeOptions }) },
    cwd: folderOr(folder),
  };
}
