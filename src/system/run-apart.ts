import { fork, type ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import type { Environment } from "../core/environment.ts";
import { errorCode } from "./error-code.ts";
import { endTree } from "./process-tree.ts";

/** Another process of this program, which reports to this one. */
export interface Apart {
  /**
   * Undefined where it ended by itself, as it should; else how it ended: `SIGKILL`, `exit status 255`, or the
   * system's code where it could not begin. Rejects with what `onReport` threw.
   */
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

const heard = "heard";

/**
 * Runs this program once more, in a process of its own: what it needs for its work, it leaves to the system.
 * Its stdin and stdout lead nowhere, its stderr is ours. Each of its reports is answered once it is dealt with.
 */
export function runApart<Report>({ program, args, env, onReport }: Start<Report>): Apart {
  const cwd = workingFolder();
  const stdio = ["ignore", "ignore", "inherit", "ipc"] as const;
  const child = fork(program, [...args], { cwd, env, stdio: [...stdio] });
  const end = async (): Promise<void> => {
    if (child.pid !== undefined && child.exitCode === null && child.signalCode === null)
      await endTree(child.pid, "SIGTERM");
  };
  const ended = new Promise<string | undefined>((resolve, reject) => {
    child.on("message", (report) => {
      try {
        onReport(report as Report);
        // That it was heard. One that has ended meanwhile need not know.
        if (child.connected) child.send(heard, () => undefined);
      } catch (error) {
        void end();
        reject(error);
      }
    });
    void endOf(child).then(resolve);
  });
  return { ended, end };
}

/** A program that runs for months may outlive the folder it was started in, and Node starts in none. */
function workingFolder(): string {
  try {
    const folder = process.cwd();
    return existsSync(folder) ? folder : "/";
  } catch {
    return "/";
  }
}

function endOf(child: ChildProcess): Promise<string | undefined> {
  return new Promise((resolve) => {
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
}
