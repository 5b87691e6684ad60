import { fork } from "node:child_process";
import type { Environment } from "../core/environment.ts";
import { errorCode } from "./error-code.ts";
import { endTree } from "./process-tree.ts";

/** Another process of this program, which reports to this one. */
export interface Apart {
  /** Undefined where it ended by itself, as it should; else how it ended: `SIGKILL`, `exit status 255`. */
  readonly ended: Promise<string | undefined>;
  /** Ends it, and all that it has started. */
  end(): Promise<void>;
}

interface Start<Report> {
  /** Path of the program. */
  readonly program: string;
  readonly args: readonly string[];
  readonly env: Environment;
  readonly onReport: (report: Report) => void;
}

/**
 * Runs this program once more, in a process of its own: what it needs for its work, it leaves to the system.
 * Its stdin and stdout lead nowhere, its stderr is ours.
 */
export function runApart<Report>({ program, args, env, onReport }: Start<Report>): Apart {
  const child = fork(program, [...args], { env, stdio: ["ignore", "ignore", "inherit", "ipc"] });
  child.on("message", (report) => onReport(report as Report));
  const ended = new Promise<string | undefined>((resolve) => {
    let status: string | undefined;
    let left = 2;
    // What it has reported may arrive after its end.
    const part = (): void => {
      left -= 1;
      if (left === 0) resolve(status);
    };
    child.once("disconnect", part);
    child.once("exit", (code, signal) => {
      if (code !== 0) status = signal ?? `exit status ${code}`;
      part();
    });
    child.once("error", (error) => resolve(errorCode(error)));
  });
  return {
    ended,
    end: async () => {
      if (child.pid !== undefined && child.exitCode === null) await endTree(child.pid, "SIGTERM");
    },
  };
}
