import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  fchmodSync,
  fchownSync,
  fstatSync,
  fsyncSync,
  openSync,
  type Stats,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { processStart } from "./process-start.ts";
import { removeFilesOfKilled } from "./remove-files-of-killed.ts";
import { writeAndRename } from "./write-and-rename.ts";

/** Who may use a file. */
export type Rights = Pick<Stats, "mode" | "uid" | "gid">;

/** A file that is to be replaced, or made. */
export interface ReplaceableFile {
  /** No link: the folder of the file itself is written to. */
  readonly path: string;
  /** What it gets; 0600 and this process's user where there are none. */
  readonly rights: Rights | undefined;
  /** Called in the last moment; where it throws, nothing is changed. */
  readonly confirm?: () => void;
}

/**
 * Puts a new file in the place of another one, whole or not at all. Throws the system's error; then
 * nothing has changed.
 */
export function replaceFile({ path, rights, confirm }: ReplaceableFile, contents: string): void {
  // A rename asks for no permission of the file itself, but its owner may have locked it on purpose.
  if (existsSync(path)) accessSync(path, constants.W_OK);
  const folder = dirname(path);
  const prefix = `.${basename(path)}.awsmfa-`;
  removeFilesOfKilled(folder, prefix);
  const { pid } = process;
  // Where processes of two machines, or containers, meet in one folder their ids are no names.
  const random = Math.random().toString(36).slice(2);
  writeAndRename({
    temporary: join(folder, `${prefix}${pid}-${processStart(pid) ?? ""}-${random}`),
    path,
    contents,
    prepare: (fd) => {
      if (rights !== undefined) keepOwner(fd, rights);
      fchmodSync(fd, rights === undefined ? 0o600 : rights.mode & 0o7777);
    },
    ...(confirm && { confirm }),
  });
  syncFolder(folder);
}

function keepOwner(fd: number, { uid, gid }: Rights): void {
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
