import * as fs from "node:fs";
import type { LockAttempt } from "./lock-attempt.ts";
import { describeSelf, readHolder } from "./lock-holder.ts";
import { errorCode } from "./private-file.ts";

/** A lock file without a readable process id is being written, for this long at most. */
const writingMs = 2000;

/**
 * A lock for systems without kernel locks: a file created exclusively, holding its owner's process id.
 * One whose owner is dead is taken over.
 */
export function pidFileLock(path: string): LockAttempt {
  const file = `${path}.pid`;
  if (create(file) || (isAbandoned(file) && removeAbandoned(file) && create(file))) {
    return { kind: "held", lock: { release: () => fs.rmSync(file, { force: true }) } };
  }
  return { kind: "busy", holder: readHolder(file) };
}

function create(file: string): boolean {
  try {
    fs.writeFileSync(file, describeSelf(), { flag: "wx", mode: 0o600 });
    return true;
  } catch (error) {
    if (errorCode(error) === "EEXIST") return false;
    throw error;
  }
}

function isAbandoned(file: string): boolean {
  const { pid } = readHolder(file);
  if (pid !== undefined) return !isAlive(pid);
  try {
    return Date.now() - fs.statSync(file).mtimeMs > writingMs;
  } catch {
    return true;
  }
}

/** Renaming comes first, so that of several rescuers one alone removes what it judged. */
function removeAbandoned(file: string): boolean {
  const aside = `${file}.${process.pid}`;
  try {
    fs.renameSync(file, aside);
  } catch {
    return false;
  }
  const stillAbandoned = isAbandoned(aside);
  if (stillAbandoned) fs.rmSync(aside, { force: true });
  else fs.renameSync(aside, file);
  return stillAbandoned;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === "EPERM";
  }
}
