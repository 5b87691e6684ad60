import * as fs from "node:fs";
import type { Lock, LockAttempt, LockMethod, Manners } from "./lock-attempt.ts";
import { describeSelf, isOwnDescription, readHolder } from "./lock-holder.ts";
import { openLockFile } from "./open-lock-file.ts";

/**
 * What is locked: a lock file of ours, one that other programs use, too (what they write there stays), or
 * a file for its content's sake, which must exist and is not touched.
 */
export type Locked = "own" | "shared" | "content";

type TryLock = (fd: number) => boolean;

/**
 * Locks by the kernel (`fcntl` on Linux): released the moment their holder dies, however it dies.
 * Rejects where the native part cannot be loaded.
 */
export async function kernelLock(locked: Locked = "own"): Promise<LockMethod> {
  const { tryLock } = await import("fs-native-extensions");
  return (path, manners = {}) => attempt(path, { tryLock, locked, manners });
}

interface Way {
  readonly tryLock: TryLock;
  readonly locked: Locked;
  readonly manners: Manners;
}

function attempt(path: string, { tryLock, locked, manners }: Way): LockAttempt {
  const fd = open(path, locked);
  try {
    if (!tryLock(fd)) {
      fs.closeSync(fd);
      return { kind: "busy", holder: readHolder(path) };
    }
  } catch (error) {
    fs.closeSync(fd);
    throw error;
  }
  return { kind: "held", lock: lockOn(fd, locked, manners) };
}

function open(path: string, locked: Locked): number {
  const { O_RDWR, O_CREAT } = fs.constants;
  if (locked === "shared") return openLockFile(path);
  return fs.openSync(path, locked === "content" ? O_RDWR : O_RDWR | O_CREAT, 0o600);
}

// The file stays: were it removed, two processes could hold "the" lock on two files of one name.
function lockOn(fd: number, locked: Locked, manners: Manners): Lock {
  const leavesName = locked === "own" || (locked === "shared" && isOwnDescription(fd));
  if (leavesName) write(fd, describeSelf(manners));
  return {
    release: () => {
      // The next holder may be a program that leaves no name: ours would be taken for its own.
      if (leavesName && locked === "shared") write(fd, "");
      fs.closeSync(fd);
    },
  };
}

/** A full disk costs the others our name, and nobody the lock. */
function write(fd: number, name: string): void {
  try {
    // Never empty in between: somebody may be reading it.
    fs.ftruncateSync(fd, fs.writeSync(fd, name, 0));
  } catch {
    // They wait for "another awsmfa".
  }
}
