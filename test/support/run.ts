import { spawn } from "node:child_process";
import { awsmfa } from "./commands.ts";

/** How a program ended and what it printed. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly env: Readonly<Record<string, string>>;
  readonly stdin?: string | Buffer;
  readonly cwd?: string;
  /** Without a controlling terminal: the default, since a test's own must not be asked. */
  readonly detached?: boolean;
  /** Called whenever the program has printed more there. */
  readonly onStderr?: () => void;
}

/** Runs a program to its end, without blocking the sandbox that lives in this process. */
export function run(file: string, args: readonly string[], options: RunOptions): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const { env, stdin = "", cwd, detached = true, onStderr } = options;
    const child = spawn(file, args, { env, cwd, detached });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => {
      stderr.push(chunk);
      onStderr?.();
    });
    child.once("error", reject);
    child.once("close", (code, signal) => {
      const text = (chunks: Buffer[]): string => Buffer.concat(chunks).toString();
      resolve({ code, signal, stdout: text(stdout), stderr: text(stderr) });
    });
    // The program may end without reading its input.
    child.stdin.on("error", () => undefined);
    child.stdin.end(stdin);
  });
}

/** Runs the built awsmfa. */
export function runAwsmfa(args: readonly string[], options: RunOptions): Promise<Ended> {
  return run(process.execPath, [awsmfa, ...args], options);
}
