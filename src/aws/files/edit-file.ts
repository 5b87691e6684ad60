import { setTimeout as sleep } from "node:timers/promises";
import { editSections, type Edits } from "../../core/aws-files/edit-sections.ts";
import type { IniDocument } from "../../core/aws-files/ini.ts";
import type { Context } from "../../core/context.ts";
import { AwsmfaError, ExitCode } from "../../core/errors.ts";
import { printable } from "../../core/printable.ts";
import { replaceFile } from "../../system/replace-file.ts";
import type { AwsFile } from "./aws-file.ts";
import { keepBackup } from "./backup.ts";
import { withFileLock } from "./file-lock.ts";
import { losesLongTermKeys } from "./long-term-guard.ts";
import { isUnchanged, readFile, type PresentFile } from "./present-file.ts";
import { namingFile, parseIniFile } from "./read-ini-file.ts";
import { unwritable } from "./unwritable.ts";

/** What an AWS file is to hold. */
export interface FileEdit {
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
 * Changes some keys of some sections of an AWS file and not another byte: read and written under its lock,
 * through links, whole or not at all. Nothing else writes an AWS file. Gives the path of the copy, if one was
 * made. Throws 253 or 255, naming the file; then nothing has changed.
 */
export async function editFile(
  context: Context,
  file: AwsFile,
  edit: FileEdit,
): Promise<string | undefined> {
  return withFileLock(context, file, async () => {
    for (let left = attempts; ; left--) {
      const present = readFile(file);
      try {
        if (left === attempts && isEmptied(present)) throw new ChangedMeanwhile(file.path);
        return editOnce(context, file, present, edit);
      } catch (error) {
        if (!(error instanceof ChangedMeanwhile) || left === 1) throw error;
        await sleep(pauseMs);
      }
    }
  });
}

/** As `aws configure` leaves it for a moment, before it writes. */
function isEmptied({ stats, text }: PresentFile): boolean {
  return stats !== undefined && text === "";
}

function editOnce(
  { report }: Context,
  file: AwsFile,
  present: PresentFile,
  edit: FileEdit,
): string | undefined {
  const { path, target, stats, text } = present;
  const before = parseIniFile(path, text);
  const edits = edit.edits(before);
  const losesKeys = losesLongTermKeys(file, before, edits, edit.overwriteLongTerm);
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
    const confirm = (): void => refuseOtherFile(present, readFile(file));
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

function refuseOtherFile(expected: PresentFile, present: PresentFile): void {
  if (!isUnchanged(expected, present)) throw new ChangedMeanwhile(expected.path);
}
