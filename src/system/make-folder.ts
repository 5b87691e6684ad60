import { chmodSync, existsSync, mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Makes a folder and those above it, 0700, unless it is there. Throws the system's error. Node's own
 * `recursive` turns for ever where the system says ENOENT below a folder that exists (`/proc`), and tells
 * of a read-only file system as ENOENT.
 */
export function makePrivateFolder(path: string): void {
  if (isFolder(path)) return;
  const parent = dirname(path);
  if (parent !== path && !existsSync(parent)) makePrivateFolder(parent);
  try {
    mkdirSync(path, 0o700);
    // A umask may have taken even our own rights.
    chmodSync(path, 0o700);
  } catch (error) {
    // Another process may have been faster.
    if (!isFolder(path)) throw error;
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
