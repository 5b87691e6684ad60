import { spawn, type ChildProcess } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import type { Environment } from "../core/environment.ts";
import { interruptedError } from "../core/errors.ts";
import { registerSwitch } from "../core/register/registered-variables.ts";
import { errorCode } from "./error-code.ts";
import { guardSignals } from "./guard-signals.ts";
import { endTree } from "./process-tree.ts";

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
  /** What takes longer is ended, with all that it has started; without it nothing is. */
  readonly mostSeconds?: number | undefined;
  /** Ends it when that is aborted; its reason is a text. */
  readonly abort?: AbortSignal | undefined;
}

/** After an end that left a background process with its stdout, in milliseconds. */
const patienceMs = 1000;

/** For a signal that was sent to us and to the program at once. */
const settlingMs = 50;

/**
 * Runs a program for what it prints on stdout. A ^C meant for it ends us as well, once it has ended
 * (throws 130); TERM and HUP take it along, with all that it has started.
 */
export async function captureOutput(
  file: string,
  args: readonly string[],
  options: CaptureOptions,
): Promise<Captured> {
  const { env, shell = false, stdin, stderr, abort } = options;
  if (abort?.aborted) return { kind: "failed", reason: String(abort.reason) };
  let child: ChildProcess | undefined;
  // Before it runs: else a signal could find it running and us not listening.
  const guard = guardSignals((signal) => (child ? end(child, signal) : Promise.resolve()));
  try {
    // One in Node.js would otherwise ask for the very session that waits for it.
    const own = { ...env, [registerSwitch]: "0" };
    child = spawn(file, args, { env: own, shell, stdio: [stdin, "pipe", stderr] });
    const captured = await collect(child, options);
    // It has ended, but what it had started may need force.
    await guard.over();
    // The ^C that made it fail is meant for us too; which of the two we hear of first is chance.
    if (captured.kind === "failed") await sleep(settlingMs);
    if (guard.interrupted() || child.signalCode === "SIGINT") throw interruptedError();
    return captured;
  } catch (error) {
    if (child !== undefined) throw error;
    return { kind: "failed", reason: errorCode(error) };
  } finally {
    guard.release();
  }
}

function collect(
  child: ChildProcess,
  { mostCharacters = 10_000, mostSeconds, abort }: CaptureOptions,
): Promise<Captured> {
  return new Promise((resolve) => {
    const fail = (reason: string): void => resolve({ kind: "failed", reason });
    const giveUp = (reason: string): void => {
      stopWaiting();
      child.removeAllListeners("exit").removeAllListeners("close");
      // Before it hears that nobody reads any more: then nothing tells what it has started.
      const over = end(child, "SIGTERM");
      child.stdout?.destroy();
      void over.then(() => fail(reason));
    };
    const overdue = mostSeconds
      ? setTimeout(giveUp, mostSeconds * 1000, `no answer within ${mostSeconds} s`)
      : undefined;
    const onAbort = (): void => giveUp(String(abort?.reason));
    abort?.addEventListener("abort", onAbort);
    const stopWaiting = (): void => {
      clearTimeout(overdue);
      abort?.removeEventListener("abort", onAbort);
    };
    let output = "";
    child.stdout?.setEncoding("utf8").on("data", (chunk: string) => {
      output += chunk;
      if (output.length > mostCharacters) giveUp("it prints without end");
    });
    child.once("error", (error) => {
      stopWaiting();
      fail(errorCode(error));
    });
    let timer: NodeJS.Timeout | undefined;
    child.once("exit", () => {
      timer = setTimeout(() => child.stdout?.destroy(), patienceMs);
    });
    child.once("close", (code, signal) => {
      clearTimeout(timer);
      stopWaiting();
      if (code === 0) resolve({ kind: "output", output });
      else fail(signal ?? `exit status ${code}`);
    });
  });
}

async function end({ pid }: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (pid !== undefined) await endTree(pid, signal);
}
