import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Report } from "../core/context.ts";
import { kernelLock, type Locked } from "./kernel-lock.ts";
import type { Holder, Lock, LockAttempt, LockMethod, Manners } from "./lock-attempt.ts";
import { makePrivateFolder } from "./make-folder.ts";
import { pidFileLock } from "./pid-file-lock.ts";
import { errorCode } from "./error-code.ts";

/** Between two attempts, in milliseconds; the random part keeps waiters from marching in step. */
const pauseMs = { least: 25, spread: 50 };

/** How to wait. */
export interface Waiting<Result> {
  readonly report: Report;
  /** Called after every failed attempt; anything but undefined ends the waiting with it. */
  readonly whileWaiting: (holder: Holder) => Result | undefined;
  /** Whether the lock is let go of for whoever asks for that; it is not where that is left out. */
  readonly givesWay?: boolean;
}

/** How the waiting ended. */
export type WaitEnd<Result> = { kind: "held"; lock: Lock } | { kind: "gave-up"; result: Result };

/**
 * Waits for a lock of ours, for as long as `whileWaiting` wants to. Where none can be made (read-only home,
 * full disk) the work goes on without one.
 */
export async function waitForLock<Result>(
  folder: string,
  name: string,
  waiting: Waiting<Result>,
): Promise<WaitEnd<Result>> {
  const path = join(folder, name);
  return wait(waiting, (method) => {
    try {
      makePrivateFolder(folder);
      return method(path, mannersOf(waiting));
    } catch (error) {
      waiting.report.debug(`cannot lock ${path} (${errorCode(error)}): going on without`);
      return unlocked();
    }
  });
}

/** The same for a lock file that other programs use, too. Throws the system's error where none can be made. */
export function waitForSharedLock<Result>(
  path: string,
  waiting: Waiting<Result>,
): Promise<WaitEnd<Result>> {
  return wait(waiting, (method) => method(path, mannersOf(waiting)), "shared");
}

/**
 * The same for a file that is itself to be locked, by whatever name; it is not written to. Where there are
 * no kernel locks it is not locked.
 */
export function waitForFile<Result>(
  path: string,
  waiting: Waiting<Result>,
): Promise<WaitEnd<Result>> {
  return wait(waiting, (method) => method(path, mannersOf(waiting)), "content");
}

async function wait<Result>(
  { report, whileWaiting }: Waiting<Result>,
  attempt: (method: LockMethod) => LockAttempt,
  locked: Locked = "own",
): Promise<WaitEnd<Result>> {
  const method = await chooseMethod(report, locked);
  for (;;) {
    const state = attempt(method);
    if (state.kind === "held") return state;
    const result = whileWaiting(state.holder);
    if (result !== undefined) return { kind: "gave-up", result };
    await sleep(pauseMs.least + Math.random() * pauseMs.spread);
  }
}

function mannersOf({ givesWay = false }: Waiting<unknown>): Manners {
  return { givesWay };
}

async function chooseMethod(report: Report, locked: Locked): Promise<LockMethod> {
  try {
    return await kernelLock(locked);
  } catch (error) {
    report.debug(`no kernel locks here (${errorCode(error)}): using lock files with a process id`);
    return locked === "content" ? unlocked : pidFileLock;
  }
}

function unlocked(): LockAttempt {
  return { kind: "held", lock: { release: () => undefined } };
}
