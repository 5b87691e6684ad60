import {
  accessSync,
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fstatSync,
  fsyncSync,
  openSync,
  readdirSync,
  rmSync,
  type Stats,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { isSameProcess, processStart } from "./process-start.ts";
import { writeAndRename } from "./write-and-rename.ts";

/** A file that is to be replaced, or made. */
export interface ReplaceableFile {
  /** No link: the folder of the file itself is written to. */
  readonly path: string;
  /** What it is now; undefined where it is missing. */
  readonly stats: Stats | undefined;
}

/**
 * Puts a new file in the place of another one, whole or not at all, with mode and owner of the other one;
 * where there is none it is 0600. Throws the system's error; then nothing has changed.
 */
export function replaceFile({ path, stats }: ReplaceableFile, contents: string): void {
  // A rename asks for no permission of the file itself, but its owner may have locked it on purpose.
  if (stats !== undefined) accessSync(path, constants.W_OK);
  const folder = dirname(path);
  const prefix = `.${basename(path)}.awsmfa-`;
  removeAbandoned(folder, prefix);
  const { pid } = process;
  writeAndRename({
    temporary: join(folder, `${prefix}${pid}-${processStart(pid) ?? ""}`),
    path,
    contents,
    prepare: (fd) => {
      if (stats !== undefined) keepOwner(fd, stats);
      fchmodSync(fd, stats === undefined ? 0o600 : stats.mode & 0o7777);
    },
  });
  syncFolder(folder);
}

/** What processes left that were killed: they are known by the id and the start in its name. */
function removeAbandoned(folder: string, prefix: string): void {
  for (const name of namesIn(folder)) {
    if (!name.startsWith(prefix)) continue;
    const [pid, started] = name.slice(prefix.length).split("-");
    if (!isSameProcess(Number(pid), started ? Number(started) : undefined)) {
      rmSync(join(folder, name), { force: true });
    }
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    // A folder that cannot be listed can still be written to.
    return [];
  }
}

function keepOwner(fd: number, { uid, gid }: Stats): void {
  const own = fstatSync(fd);
  if (own.uid !== uid || own.gid !== gid) fchownSync(fd, uid, gid);
}

/** So that the new name outlives a power cut. */
function syncFolder(folder: string): void {
  try {
    const fd = openSync(folder, "r");
    try {
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
  } catch {
    // Not every system can: the file is in its place all the same.
  }
}
