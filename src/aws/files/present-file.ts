import { lstatSync, realpathSync, statSync, type Stats } from "node:fs";
import { configurationError } from "../../core/errors.ts";
import { printable } from "../../core/printable.ts";
import type { AwsFile } from "./aws-file.ts";
import { readIniText } from "./read-ini-file.ts";
import { unwritable } from "./unwritable.ts";

/** An AWS file by its name alone. */
export type NamedFile = Pick<AwsFile, "path" | "variable">;

/** An AWS file as it is at one moment. */
export interface PresentFile {
  /** As it is named. */
  readonly path: string;
  /** The file itself, whatever links lead to it. */
  readonly target: string;
  /** Undefined where it is missing. */
  readonly stats: Stats | undefined;
  /** Empty where it is missing. */
  readonly text: string;
}

/** Looks behind the links. Throws 253 or 255 for what is no file. */
export function findFile(file: NamedFile): Omit<PresentFile, "text"> {
  const { path } = file;
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    // A file that stands there now was made this very moment.
    const isLink = lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
    if (stats === undefined && isLink) {
      throw unusable(file, "is a link to a file that does not exist");
    }
    if (stats !== undefined && !stats.isFile()) throw unusable(file, "is not a file");
    return { path, target: stats === undefined ? path : realpathSync(path), stats };
  } catch (error) {
    throw unwritable(path, error);
  }
}

/** Reads it. Throws 253 or 255 where it cannot be read, or is none. */
export function readFile(file: NamedFile): PresentFile {
  const found = findFile(file);
  return { ...found, text: found.stats === undefined ? "" : readIniText(file.path) };
}

/** Whether two looks saw the same thing, in all that an edit takes over from the file. */
export function isUnchanged(one: PresentFile, other: PresentFile): boolean {
  const facts = ({ target, stats, text }: PresentFile): string =>
    JSON.stringify([target, stats?.mode, stats?.uid, stats?.gid, text]);
  return facts(one) === facts(other);
}

/** That what is named as an AWS file can be none. */
export function unusable({ path, variable }: NamedFile, what: string): Error {
  return configurationError("UnusableFile", `${printable(path)} ${what}: nothing was written.`, {
    hint: `Correct it, or name another file by ${variable}.`,
  });
}
