import { spawn } from "node:child_process";
import type { Environment } from "../core/environment.ts";
import { interruptedError } from "../core/errors.ts";
import { errorCode } from "./private-file.ts";

/** What a program printed, or why it printed nothing of use. */
export type Captured = { kind: "output"; output: string } | { kind: "failed"; reason: string };

export interface CaptureOptions {
  readonly env: Environment;
  /** Run the command line by the system's shell. */
  readonly shell?: boolean;
  readonly stdin: number | "ignore";
  readonly stderr: number | "inherit";
}

/** A code is six digits: what prints more than this is something else. */
const mostCharacters = 10_000;

/**
 * Runs a program for what it prints on stdout. A ^C meant for it ends us as well, once it has ended
 * (throws 130); TERM and HUP take it along.
 */
export function captureOutput(
  file: string,
  args: readonly string[],
  { env, shell = false, stdin, stderr }: CaptureOptions,
): Promise<Captured> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { env, shell, stdio: [stdin, "pipe", stderr] });
    let output = "";
    let interrupted = false;
    const onInterrupt = (): void => void (interrupted = true);
    const onEnd = (signal: NodeJS.Signals): void => {
      child.kill(signal);
      finish();
      process.kill(process.pid, signal);
    };
    const finish = (): void => {
      process.off("SIGINT", onInterrupt);
      process.off("SIGTERM", onEnd);
      process.off("SIGHUP", onEnd);
    };
    process.on("SIGINT", onInterrupt);
    process.on("SIGTERM", onEnd);
    process.on("SIGHUP", onEnd);
    child.stdout?.setEncoding("utf8").on("data", (chunk: string) => {
      if (output.length < mostCharacters) output += chunk;
    });
    child.once("error", (error) => {
      finish();
      resolve({ kind: "failed", reason: errorCode(error) });
    });
    child.once("close", (code, signal) => {
      finish();
      if (interrupted || signal === "SIGINT") reject(interruptedError());
      else if (code === 0) resolve({ kind: "output", output });
      else resolve({ kind: "failed", reason: signal ?? `exit status ${code}` });
    });
  });
}
