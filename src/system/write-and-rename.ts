import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from "node:fs";

/** A file that is to take another one's place. */
interface Written {
  /** Its name meanwhile, in the same folder, where nothing may stand. */
  readonly temporary: string;
  readonly path: string;
  readonly contents: string;
  /** Gives the file, which is 0600, its mode and owner before anything is in it. */
  readonly prepare: (fd: number) => void;
  /** What is looked at in the last moment: where it throws, nothing has changed. */
  readonly confirm?: () => void;
}

/** Writes a file whole or not at all: a temporary one is synced and renamed. Throws the system's error. */
export function writeAndRename({ temporary, path, contents, prepare, confirm }: Written): void {
  const fd = openSync(temporary, "wx", 0o600);
  try {
    try {
      prepare(fd);
      writeFileSync(fd, contents);
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
    confirm?.();
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}
