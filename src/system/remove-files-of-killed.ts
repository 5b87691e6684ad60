import { rmSync } from "node:fs";
import { join } from "node:path";
import { namesIn } from "./names-in.ts";
import { isSameProcess } from "./process-start.ts";

/** What follows the prefix: a process's id, its start where the system tells it, and chance. */
const ofProcess = /^(\d+)-(\d*)-[a-z0-9]*$/;

/**
 * Removes the temporary files of processes that were killed: known by the id and the start in their
 * names. Whatever else begins like that stays, and what cannot be removed does, too.
 */
export function removeFilesOfKilled(folder: string, prefix: string): void {
  for (const name of namesIn(folder)) {
    const [, pid, started] =
      (name.startsWith(prefix) && ofProcess.exec(name.slice(prefix.length))) || [];
    if (pid === undefined) continue;
    if (isSameProcess(Number(pid), started ? Number(started) : undefined)) continue;
    try {
      rmSync(join(folder, name), { force: true });
    } catch {
      // It is in nobody's way.
    }
  }
}
