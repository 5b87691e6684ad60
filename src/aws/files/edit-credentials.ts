import { setTimeout as sleep } from "node:timers/promises";
import { editSections, type Edits } from "../../core/aws-files/edit-sections.ts";
import type { IniDocument } from "../../core/aws-files/ini.ts";
import type { Context } from "../../core/context.ts";
import { AwsmfaError, ExitCode } from "../../core/errors.ts";
import { printable } from "../../core/printable.ts";
import { credentialsPath } from "../../system/paths.ts";
import { replaceFile } from "../../system/replace-file.ts";
import { keepBackup } from "./credentials-backup.ts";
import { isUnchanged, readCredentialsFile, type CredentialsFile } from "./credentials-file.ts";
import { withCredentialsLock } from "./credentials-lock.ts";
import { losesLongTermKeys } from "./long-term-guard.ts";
import { namingFile, parseIniFile } from "./read-ini-file.ts";
import { unwritable } from "./unwritable.ts";

/** What the credentials file is to hold. */
export interface CredentialsEdit {
  /** By the file as it is under the lock. Throws what stands against it. */
  readonly edits: (now: IniDocument) => Edits;
  /** Whether an IAM user's own keys may be replaced by others. The file is copied first. */
  readonly overwriteLongTerm: boolean;
  /** Whether the file is copied in any case. */
  readonly backup: boolean;
}

/** How often an edit starts anew because a program that takes no lock wrote meanwhile. */
const attempts = 20;

/** In milliseconds: long enough for such a program to write what it has begun. */
const pauseMs = 50;

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
  return withCredentialsLock(context, path, async () => {
    for (let left = attempts; ; left--) {
      const file = readCredentialsFile(path);
      try {
        if (left === attempts && isEmptied(file)) throw new ChangedMeanwhile(path);
        return editOnce(context, file, edit);
      } catch (error) {
        if (!(error instanceof ChangedMeanwhile) || left === 1) throw error;
        await sleep(pauseMs);
      }
    }
  });
}

/** As `aws configure` leaves it for a moment, before it writes. */
function isEmptied({ stats, text }: CredentialsFile): boolean {
  return stats !== undefined && text === "";
}

function editOnce(
  { report }: Context,
  file: CredentialsFile,
  edit: CredentialsEdit,
): string | undefined {
  const { path, target, stats, text } = file;
  const before = parseIniFile(path, text);
  const edits = edit.edits(before);
  const losesKeys = losesLongTermKeys(path, before, edits, edit.overwriteLongTerm);
  const after = namingFile(path, () => editSections(text, edits));
  if (after === text) return undefined;
  if (stats !== undefined && stats.nlink > 1) {
    // A hard link is a name of the old file, which is not written.
    report.sayOnce(
      `${printable(path)} has another name (a hard link): that one keeps the old content.`,
    );
  }
  try {
    const copies = stats !== undefined && (losesKeys || edit.backup);
    const backup = copies ? keepBackup(target, stats, text) : undefined;
    const confirm = (): void => refuseOtherFile(file, readCredentialsFile(path));
    replaceFile({ path: target, rights: stats, confirm }, after);
    return backup;
  } catch (error) {
    throw unwritable(path, error);
  }
}

/** A program that takes no lock has written: its work must not be lost. */
class ChangedMeanwhile extends AwsmfaError {
  constructor(path: string) {
    super(`${printable(path)} changes all the time: nothing was written.`, {
      code: "ChangingFile",
      exitCode: ExitCode.general,
      hint: "See which program writes it, and try again.",
    });
  }
}

function refuseOtherFile(expected: CredentialsFile, present: CredentialsFile): void {
  if (!isUnchanged(expected, present)) throw new ChangedMeanwhile(expected.path);
}
