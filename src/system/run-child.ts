import { spawn, type ChildProcess, type StdioOptions } from "node:child_process";
import { namedDescriptors } from "./named-descriptors.ts";
import { withRawBytes } from "./raw-bytes.ts";
import { isInForeground } from "./foreground.ts";

/** How a child ended. */
export type ChildEnd =
  | { kind: "exit"; code: number }
  | { kind: "signal"; signal: NodeJS.Signals }
  /** It never ran. */
  | { kind: "failed"; error: NodeJS.ErrnoException };

/** The terminal sends these to its whole foreground; forwarding would double them. */
const leftToTerminal = ["SIGINT", "SIGQUIT"] as const;
const forwarded = ["SIGTERM", "SIGHUP", "SIGUSR1", "SIGUSR2"] as const;

/**
 * Runs a program in our place: its stdin, stdout, stderr are ours, signals meant for us reach it once,
 * and we outlive it to tell how it ended. Of other descriptors it gets these, by default those that its
 * arguments name: `<(…)` in a shell is an argument `/dev/fd/12`.
 */
export async function runChild(
  file: string,
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  descriptors: readonly number[] = namedDescriptors(args),
): Promise<ChildEnd> {
  // cross-spawn knows how `.cmd` files want to be started and quoted.
  const start = process.platform === "win32" ? (await import("cross-spawn")).default : spawn;
  let child: ChildProcess | undefined;
  const forward = (signal: NodeJS.Signals): void => void child?.kill(signal);
  for (const signal of leftToTerminal) {
    process.removeAllListeners(signal).on(signal, () => {
      if (!isInForeground()) forward(signal);
    });
  }
  for (const signal of forwarded) process.removeAllListeners(signal).on(signal, forward);
  return new Promise((resolve) => {
    try {
      const raw = withRawBytes({ file, args, env });
      child = start(raw.file, raw.args, { stdio: stdioFor(descriptors), env: raw.env });
    } catch (error) {
      resolve({ kind: "failed", error: error as NodeJS.ErrnoException });
      return;
    }
    child.once("error", (error) => resolve({ kind: "failed", error }));
    child.once("exit", (code, signal) => {
      resolve(signal === null ? { kind: "exit", code: code ?? 0 } : { kind: "signal", signal });
    });
  });
}

/** Ours, and these descriptors by their own numbers. */
function stdioFor(descriptors: readonly number[]): StdioOptions {
  const stdio: ("inherit" | "ignore" | number)[] = ["inherit", "inherit", "inherit"];
  for (const descriptor of descriptors.toSorted((one, other) => one - other)) {
    while (stdio.length < descriptor) stdio.push("ignore");
    stdio[descriptor] = descriptor;
  }
  return stdio;
}
