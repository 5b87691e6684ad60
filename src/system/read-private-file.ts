import {
  chmodSync,
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  openSync,
  readSync,
  statSync,
  type Stats,
} from "node:fs";
import type { Report } from "../core/context.ts";
import { printable } from "../core/printable.ts";
import { errorCode } from "./error-code.ts";

/** No session is near it: a larger file is not ours. */
const largestBytes = 65_536;

const writableByOthers = "writable by others";

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
