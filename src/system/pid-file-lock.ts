import * as fs from "node:fs";
import type { LockAttempt, Manners } from "./lock-attempt.ts";
import { describeSelf, readHolder } from "./lock-holder.ts";
import { errorCode } from "./error-code.ts";
import { isSameProcess } from "./process-start.ts";

/** A lock file without a readable process id is being written, for this long at most. */
const writingMs = 2000;

/**
 * A lock for systems without kernel locks: a file created exclusively, holding its owner's process id.
 * One whose owner is dead is taken over.
 */
export function pidFileLock(path: string, manners: Manners = {}): LockAttempt {
  const file = `${path}.pid`;
  if (create(file, manners) || (removeAbandoned(file) && create(file, manners))) {
    return { kind: "held", lock: { release: () => fs.rmSync(file, { force: true }) } };
  }
  return { kind: "busy", holder: readHolder(file) };
}

function create(file: string, manners: Manners): boolean {
  try {
    fs.writeFileSync(file, describeSelf(manners), { flag: "wx", mode: 0o600 });
    return true;
  } catch (error) {
    if (errorCode(error) === "EEXIST") return false;
    throw error;
  }
}

/**
 * Between the look at a dead owner's file and its removal another process may have taken it over and
 * stand there, alive, under the same name. So whoever removes it must hold a lock on this very file, and
 * look again: nobody else removes it then, and a younger one is another file.
 */
function removeAbandoned(file: string): boolean {
  const judged = fileId(file);
  if (judged === undefined) return true;
  if (!isAbandoned(file)) return false;
  const rescue = pidFileLock(`${file}.${judged}`);
  if (rescue.kind === "busy") return false;
  try {
    if (fileId(file) === judged) fs.rmSync(file, { force: true });
    return true;
  } finally {
    rescue.lock.release();
  }
}

/** Tells a file from its successors of the same name: inodes are used again at once. */
function fileId(file: string): string | undefined {
  const { pid = "" } = readHolder(file);
  const stat = fs.statSync(file, { bigint: true, throwIfNoEntry: false });
  return stat && `${stat.ino}-${stat.mtimeNs}-${pid}`;
}

function isAbandoned(file: string): boolean {
  const { pid, started } = readHolder(file);
  if (pid !== undefined) return !isSameProcess(pid, started);
  const stat = fs.statSync(file, { throwIfNoEntry: false });
  return stat === undefined || Date.now() - stat.mtimeMs > writingMs;
}
