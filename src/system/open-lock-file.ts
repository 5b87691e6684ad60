import { constants, fchmodSync, fchownSync, openSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { errorCode } from "./error-code.ts";

const { O_RDWR, O_CREAT, O_EXCL } = constants;

/**
 * Opens a lock file, or makes one that its folder's owner can use as well, though root were the first to
 * come. Throws the system's error.
 */
export function openLockFile(path: string): number {
  try {
    const fd = openSync(path, O_RDWR | O_CREAT | O_EXCL, 0o600);
    makeUsable(fd, dirname(path));
    return fd;
  } catch (error) {
    if (errorCode(error) !== "EEXIST") throw error;
    return openSync(path, O_RDWR | O_CREAT, 0o600);
  }
}

function makeUsable(fd: number, folder: string): void {
  try {
    // A umask may have taken even our own rights.
    fchmodSync(fd, 0o600);
    const { uid, gid } = statSync(folder);
    if (process.geteuid?.() === 0 && uid !== 0) fchownSync(fd, uid, gid);
  } catch {
    // It serves this process all the same.
  }
}
