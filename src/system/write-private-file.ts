import { fchmodSync, lstatSync, rmSync } from "node:fs";
import { join } from "node:path";
import { temporaryPrefix } from "../core/session/session-file-name.ts";
import { makePrivateFolder } from "./make-folder.ts";
import { namesIn } from "./names-in.ts";
import { writeAndRename } from "./write-and-rename.ts";

/** A temporary file this old was left behind by a process that was killed. */
const abandonedAfterMs = 600_000;

/**
 * Writes a file whole or not at all: a temporary file beside it, created 0600, is synced and renamed.
 * The folder is made 0700 if need be. Throws the system's error.
 */
export function writePrivateFile(folder: string, name: string, contents: string): void {
  makePrivateFolder(folder);
  removeOldFiles(folder);
  const random = Math.random().toString(36).slice(2);
  writeAndRename({
    temporary: join(folder, `${temporaryPrefix}${process.pid}-${random}`),
    path: join(folder, name),
    contents,
    // A umask may have taken even our own rights.
    prepare: (fd) => fchmodSync(fd, 0o600),
  });
}

/** By age alone: of processes on two machines that share a home, neither can know whether the other lives. */
function removeOldFiles(folder: string): void {
  const oldest = Date.now() - abandonedAfterMs;
  for (const name of namesIn(folder)) {
    if (!name.startsWith(temporaryPrefix)) continue;
    const path = join(folder, name);
    try {
      if (lstatSync(path).mtimeMs < oldest) rmSync(path, { force: true });
    } catch {
      // Another process was faster.
    }
  }
}
