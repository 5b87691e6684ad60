import * as fs from "node:fs";
import type { LockAttempt, LockMethod } from "./lock-attempt.ts";
import { describeSelf, readHolder } from "./lock-holder.ts";

/**
 * Locks by the kernel (`fcntl` on Linux): released the moment their holder dies, however it dies.
 * Rejects where the native part cannot be loaded.
 */
export async function kernelLock(): Promise<LockMethod> {
  const { tryLock } = await import("fs-native-extensions");
  return (path) => attempt(path, tryLock);
}

function attempt(path: string, tryLock: (fd: number) => boolean): LockAttempt {
  const fd = fs.openSync(path, fs.constants.O_RDWR | fs.constants.O_CREAT, 0o600);
  try {
    if (!tryLock(fd)) {
      fs.closeSync(fd);
      return { kind: "busy", holder: readHolder(path) };
    }
  } catch (error) {
    fs.closeSync(fd);
    throw error;
  }
  leaveName(fd);
  // The file stays: were it removed, two processes could hold "the" lock on two files of one name.
  return { kind: "held", lock: { release: () => fs.closeSync(fd) } };
}

/** A full disk costs the others our name, and nobody the lock. */
function leaveName(fd: number): void {
  try {
    // Never empty in between: somebody may be reading it.
    fs.ftruncateSync(fd, fs.writeSync(fd, describeSelf(), 0));
  } catch {
    // They wait for "another awsmfa".
  }
}
