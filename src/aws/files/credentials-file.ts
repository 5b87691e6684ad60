import { lstatSync, realpathSync, statSync, type Stats } from "node:fs";
import { configurationError } from "../../core/errors.ts";
import { printable } from "../../core/printable.ts";
import { readIniText } from "./read-ini-file.ts";
import { unwritable } from "./unwritable.ts";

/** The credentials file as it is at one moment. */
export interface CredentialsFile {
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
export function findCredentialsFile(path: string): Omit<CredentialsFile, "text"> {
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats === undefined && lstatSync(path, { throwIfNoEntry: false }) !== undefined) {
      throw unusable(path, "is a link to a file that does not exist");
    }
    if (stats !== undefined && !stats.isFile()) throw unusable(path, "is not a file");
    return { path, target: stats === undefined ? path : realpathSync(path), stats };
  } catch (error) {
    throw unwritable(path, error);
  }
}

/** Reads it. Throws 253 or 255 where it cannot be read, or is none. */
export function readCredentialsFile(path: string): CredentialsFile {
  const found = findCredentialsFile(path);
  return { ...found, text: found.stats === undefined ? "" : readIniText(path) };
}

/** Whether two looks saw the same thing, in all that an edit takes over from the file. */
export function isUnchanged(one: CredentialsFile, other: CredentialsFile): boolean {
  const facts = ({ target, stats, text }: CredentialsFile): string =>
    JSON.stringify([target, stats?.mode, stats?.uid, stats?.gid, text]);
  return facts(one) === facts(other);
}

/** That what is named as the credentials file can be none. */
export function unusable(path: string, what: string): Error {
  return configurationError("UnusableFile", `${printable(path)} ${what}: nothing was written.`, {
    hint: "Correct it, or name another file by AWS_SHARED_CREDENTIALS_FILE.",
  });
}
