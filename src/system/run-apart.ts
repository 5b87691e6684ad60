import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import type { Environment } from "../core/environment.ts";
import { errorCode } from "./error-code.ts";
import { endTree } from "./process-tree.ts";
import { workingFolder } from "./working-folder.ts";

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

/**
 * Runs this program once more, in a process of its own: what it needs for its work, it leaves to the system.
 * Its stdin and stdout lead nowhere, its stderr is ours. Each of its reports is answered once it is dealt with.
 */
export function runApart<Report>({ program, args, env, onReport }: Start<Report>): Apart {
  const child = fork(program, [...args], {
    cwd: workingFolder(),
    env,
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const end = async (): Promise<void> => {
    const { pid, exitCode, signalCode } = child;
    if (pid !== undefined && exitCode === null && signalCode === null)
      await endTree(pid, "SIGTERM");
  };
  const ended = new Promise<string | undefined>((resolve, reject) => {
    child.on("message", (report) => {
      try {
        onReport(report as Report);
        // One that has ended meanwhile need not know.
        if (child.connected) child.send("heard", () => undefined);
      } catch (error) {
        void end();
        reject(error);
      }
    });
    void endOf(child).then(resolve);
  });
  return { ended, end };
}

/** How it ended, once all has arrived that it has reported. */
async function endOf(child: ChildProcess): Promise<string | undefined> {
  try {
    const [exit] = await Promise.all([once(child, "exit"), once(child, "disconnect")]);
    const [code, signal] = exit as [number | null, NodeJS.Signals | null];
    return code === 0 ? undefined : (signal ?? `exit status ${code}`);
  } catch (error) {
    return errorCode(error);
  }
}
