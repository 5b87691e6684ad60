import { spawn, type ChildProcess } from "node:child_process";
import type { Environment } from "../core/environment.ts";
import { interruptedError } from "../core/errors.ts";
import { errorCode } from "./private-file.ts";
import { signalTree } from "./process-tree.ts";

/** What a program printed, or why it printed nothing of use. */
export type Captured = { kind: "output"; output: string } | { kind: "failed"; reason: string };

export interface CaptureOptions {
  readonly env: Environment;
  /** Run the command line by the system's shell. */
  readonly shell?: boolean;
  readonly stdin: number | "ignore";
  readonly stderr: number | "inherit" | "ignore";
  /** What prints more is something else, and is ended (default 10,000). */
  readonly mostCharacters?: number;
}

/** After a ^C that reached us alone, and after an end that left a background process with its stdout. */
const patienceMs = 1000;

/**
 * Runs a program for what it prints on stdout. A ^C meant for it ends us as well, once it has ended
 * (throws 130); TERM and HUP take it along, with all that it has started.
 */
export function captureOutput(
  file: string,
  args: readonly string[],
  options: CaptureOptions,
): Promise<Captured> {
  const { env, shell = false, stdin, stderr, mostCharacters = 10_000 } = options;
  return new Promise((resolve, reject) => {
    let child: ChildProcess;
    try {
      child = spawn(file, args, { env, shell, stdio: [stdin, "pipe", stderr] });
    } catch (error) {
      resolve({ kind: "failed", reason: errorCode(error) });
      return;
    }
    const timers: NodeJS.Timeout[] = [];
    let output = "";
    let interrupts = 0;
    const end = (signal: NodeJS.Signals): void => {
      if (child.pid !== undefined) signalTree(child.pid, signal);
    };
    const onInterrupt = (): void => {
      interrupts += 1;
      // The terminal has told the program as well: it may have something to clean up.
      if (interrupts === 1) timers.push(setTimeout(end, patienceMs, "SIGTERM"));
      else end("SIGKILL");
    };
    const onEnd = (signal: NodeJS.Signals): void => {
      end(signal);
      finish();
      process.kill(process.pid, signal);
    };
    const finish = (): void => {
      process.off("SIGINT", onInterrupt);
      process.off("SIGTERM", onEnd);
      process.off("SIGHUP", onEnd);
      timers.forEach(clearTimeout);
    };
    const fail = (reason: string): void => {
      finish();
      resolve({ kind: "failed", reason });
    };
    process.on("SIGINT", onInterrupt);
    process.on("SIGTERM", onEnd);
    process.on("SIGHUP", onEnd);
    child.stdout?.setEncoding("utf8").on("data", (chunk: string) => {
      output += chunk;
      if (output.length <= mostCharacters) return;
      end("SIGTERM");
      // Whether it obeys or not, it no longer keeps us.
      child.stdout?.destroy();
      child.unref();
      fail("it prints without end");
    });
    child.once("error", (error) => fail(errorCode(error)));
    child.once("exit", () => {
      timers.push(setTimeout(() => child.stdout?.destroy(), patienceMs));
    });
    child.once("close", (code, signal) => {
      finish();
      if (interrupts > 0 || signal === "SIGINT") reject(interruptedError());
      else if (code === 0) resolve({ kind: "output", output });
      else resolve({ kind: "failed", reason: signal ?? `exit status ${code}` });
    });
  });
}
