import { lstatSync, realpathSync, statSync } from "node:fs";
import { editSection, type SectionChanges } from "../core/aws-files/edit-section.ts";
import type { IniDocument } from "../core/aws-files/ini.ts";
import { longTermKeyIn } from "../core/aws-files/long-term-keys.ts";
import type { Context } from "../core/context.ts";
import { configurationError } from "../core/errors.ts";
import { lastFour, printable, printableName } from "../core/printable.ts";
import { credentialsPath } from "../system/paths.ts";
import { replaceFile, type ReplaceableFile } from "../system/replace-file.ts";
import { keepBackup } from "./credentials-backup.ts";
import { withCredentialsLock } from "./credentials-lock.ts";
import { namingFile, parseIniFile, readIniText } from "./read-ini-file.ts";
import { unwritable } from "./unwritable.ts";

/** What the credentials file is to hold. */
export interface CredentialsEdit {
  readonly sections: ReadonlyMap<string, SectionChanges>;
  /** Whether an IAM user's own keys may be replaced by others. The file is copied first. */
  readonly overwriteLongTerm: boolean;
  /** Whether the file is copied in any case. */
  readonly backup: boolean;
  /** Throws what stands against it, looking at the file under the lock. */
  readonly check?: (now: IniDocument) => void;
}

/**
 * Changes some keys of some sections and not another byte: read and written under the lock that other
 * programs take, too, through links, whole or not at all. Nothing else writes an AWS file. Gives the path
 * of the copy, if one was made. Throws 253 or 255, naming the file; then nothing has changed.
 */
export async function editCredentials(
  context: Context,
  edit: CredentialsEdit,
): Promise<string | undefined> {
  const path = credentialsPath(context.env);
  return withCredentialsLock(context, path, () => {
    const file = fileBehind(path);
    const before = file.stats === undefined ? "" : readIniText(path);
    edit.check?.(parseIniFile(path, before));
    if (file.stats !== undefined && file.stats.nlink > 1) tellOfOtherNames(context, path);
    const losesKeys = refuseToLoseKeys(path, before, edit);
    const after = namingFile(path, () => editSections(before, edit.sections));
    if (after === before) return undefined;
    try {
      const copies = losesKeys || (edit.backup && file.stats !== undefined);
      const backup = copies ? keepBackup(file.path, before) : undefined;
      replaceFile(file, after);
      return backup;
    } catch (error) {
      throw unwritable(path, error);
    }
  });
}

/** That a section holds keys which nobody could get back. */
export function longTermKeysError(path: string, section: string, keyId: string): Error {
  const what = `[${printableName(section)}] of ${printable(path)} holds long-term keys (${lastFour(keyId)})`;
  return configurationError("LongTermKeys", `${what}, which would be overwritten.`, {
    hint: "Rename that section, name another target, or pass --overwrite-long-term (a backup is kept).",
  });
}

function editSections(text: string, sections: CredentialsEdit["sections"]): string {
  return [...sections].reduce(
    (edited, [section, changes]) => editSection(edited, section, changes),
    text,
  );
}

/** The file itself, whatever links lead to it. */
function fileBehind(path: string): ReplaceableFile {
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats === undefined && lstatSync(path, { throwIfNoEntry: false }) !== undefined) {
      throw unusable(path, "is a link to a file that does not exist");
    }
    if (stats !== undefined && !stats.isFile()) throw unusable(path, "is not a file");
    return { path: stats === undefined ? path : realpathSync(path), stats };
  } catch (error) {
    throw unwritable(path, error);
  }
}

/** Whether keys are lost on purpose. Throws 253 where it would not be on purpose. */
function refuseToLoseKeys(
  path: string,
  text: string,
  { sections, overwriteLongTerm }: CredentialsEdit,
): boolean {
  const document = parseIniFile(path, text);
  let loses = false;
  for (const [name, changes] of sections) {
    const section = document.sections.get(name);
    const keyId = section && longTermKeyIn(section);
    if (keyId === undefined || !changes.has("aws_access_key_id")) continue;
    if (!overwriteLongTerm) throw longTermKeysError(path, name, keyId);
    loses = true;
  }
  return loses;
}

/** A hard link is a name of the old file, which is not written. */
function tellOfOtherNames({ report }: Context, path: string): void {
  report.say(`${printable(path)} has another name (a hard link): that one keeps the old content.`);
}

function unusable(path: string, what: string): Error {
  return configurationError("UnusableFile", `${printable(path)} ${what}: nothing was written.`, {
    hint: "Correct it, or name another file by AWS_SHARED_CREDENTIALS_FILE.",
  });
}
