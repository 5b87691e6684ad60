import { spawn, type ChildProcess } from "node:child_process";

/** How a child ended. */
export type ChildEnd =
  | { kind: "exit"; code: number }
  | { kind: "signal"; signal: NodeJS.Signals }
  /** It never ran. */
  | { kind: "failed"; error: NodeJS.ErrnoException };

/** The terminal sends these to the child as well; forwarding would double them. */
const leftToTerminal = ["SIGINT", "SIGQUIT"] as const;
const forwarded = ["SIGTERM", "SIGHUP", "SIGUSR1", "SIGUSR2"] as const;

/**
 * Runs a program in our place: its stdin, stdout, stderr are ours, signals meant for us reach it once,
 * and we outlive it to tell how it ended.
 */
export async function runChild(
  file: string,
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<ChildEnd> {
  // cross-spawn knows how `.cmd` files want to be started and quoted.
  const start = process.platform === "win32" ? (await import("cross-spawn")).default : spawn;
  let child: ChildProcess | undefined;
  for (const signal of leftToTerminal) process.on(signal, ignore);
  for (const signal of forwarded) process.on(signal, () => child?.kill(signal));
  return new Promise((resolve) => {
    try {
      child = start(file, args, { stdio: "inherit", env });
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

function ignore(): void {
  // The child decides what the signal means.
}
