import {
  chmodSync,
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  fsyncSync,
  lstatSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  type Stats,
} from "node:fs";
import { join } from "node:path";
import type { Report } from "../core/context.ts";
import { temporaryPrefix } from "../core/session-file-name.ts";
import { printable } from "../core/printable.ts";
import { makePrivateFolder } from "./make-folder.ts";

/** No session is near it: a larger file is not ours. */
const largestBytes = 65_536;

const writableByOthers = "writable by others";

/** A temporary file this old was left behind by a process that was killed. */
const abandonedAfterMs = 600_000;

interface PrivateFile {
  readonly text: string;
  readonly modified: Date;
}

/**
 * Reads a small file that only its owner may touch. Whatever else stands there (a directory, a link, a
 * pipe, another user's file, one that others can write) is taken for absent; one that others can read
 * is tightened to 0600, and that is said.
 */
export function readPrivateFile(path: string, report: Report): PrivateFile | undefined {
  let fd: number;
  try {
    // Without O_NONBLOCK, opening a pipe would wait for a writer.
    const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;
    fd = openSync(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  } catch (error) {
    if (errorCode(error) !== "ENOENT") report.debug(`${printable(path)}: ${errorCode(error)}`);
    return undefined;
  }
  try {
    const stat = fstatSync(fd);
    const fault = whyDistrusted(stat);
    if (fault === undefined) {
      tighten(fd, stat, path, 0o600, report);
      return { text: readAll(fd, stat.size), modified: stat.mtime };
    }
    if (fault === writableByOthers) {
      report.sayOnce(`${printable(path)} can be written by others: it is not used.`);
    } else report.debug(`${printable(path)} is not used: ${fault}`);
  } catch (error) {
    report.debug(`${printable(path)}: ${errorCode(error)}`);
  } finally {
    closeSync(fd);
  }
  return undefined;
}

/** Takes the permissions of others from a folder of ours, and says so. */
export function tightenFolder(path: string, report: Report): void {
  let stat: Stats;
  try {
    stat = statSync(path);
  } catch {
    return;
  }
  if (stat.isDirectory()) tighten(path, stat, path, 0o700, report);
}

/**
 * Writes a file whole or not at all: a temporary file beside it, created 0600, is synced and renamed.
 * The folder is made 0700 if need be. Throws the system's error.
 */
export function writePrivateFile(folder: string, name: string, text: string): void {
  makePrivateFolder(folder);
  removeAbandoned(folder);
  const random = Math.random().toString(36).slice(2);
  const temporary = join(folder, `${temporaryPrefix}${process.pid}-${random}`);
  const fd = openSync(temporary, "wx", 0o600);
  try {
    try {
      writeFileSync(fd, text);
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
    renameSync(temporary, join(folder, name));
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** The system's name for an error (`EACCES`), or what there is instead. */
export function errorCode(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? String(error);
}

function whyDistrusted(stat: Stats): string | undefined {
  if (!stat.isFile()) return "not a regular file";
  if (stat.size > largestBytes) return "too large";
  const user = process.getuid?.();
  if (user !== undefined && stat.uid !== user) return "owned by another user";
  if (user !== undefined && (stat.mode & 0o022) !== 0) return writableByOthers;
  return undefined;
}

function tighten(
  target: number | string,
  stat: Stats,
  path: string,
  mode: number,
  report: Report,
): void {
  const user = process.getuid?.();
  if (user === undefined || (stat.mode & 0o077) === 0 || stat.uid !== user) return;
  try {
    if (typeof target === "number") fchmodSync(target, mode);
    else chmodSync(target, mode);
    report.sayOnce(`${printable(path)} was open to others: its mode is now ${mode.toString(8)}.`);
  } catch (error) {
    const why = errorCode(error);
    report.sayOnce(`${printable(path)} is open to others and cannot be changed (${why}).`);
  }
}

function readAll(fd: number, size: number): string {
  const buffer = Buffer.alloc(size);
  const length = readSync(fd, buffer, 0, size, 0);
  return buffer.toString("utf8", 0, length);
}

function removeAbandoned(folder: string): void {
  const oldest = Date.now() - abandonedAfterMs;
  for (const name of temporaryNames(folder)) {
    const path = join(folder, name);
    try {
      if (lstatSync(path).mtimeMs < oldest) rmSync(path, { force: true });
    } catch {
      // Another process was faster.
    }
  }
}

function temporaryNames(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => name.startsWith(temporaryPrefix));
  } catch {
    // A folder that cannot be listed can still be written to.
    return [];
  }
}
