import { isUtf8 } from "node:buffer";
import { readFileSync, statSync } from "node:fs";
import { IniSyntaxError, parseIni, type IniDocument } from "../../core/aws-files/ini.ts";
import { configurationError, isAwsmfaError } from "../../core/errors.ts";
import { printable } from "../../core/printable.ts";
import { replacementCharacter } from "../../core/replacement-character.ts";
import { errorCode } from "../../system/error-code.ts";

/** Reads one AWS file; a missing one is empty, and so is what is no regular file (as for the AWS CLI). */
export function readIniFile(path: string): IniDocument {
  return parseIniFile(path, isRegularFile(path) ? readIniText(path) : "");
}

/** The meaning of an AWS file's text. Throws 253 with path and line where it has none. */
export function parseIniFile(path: string, text: string): IniDocument {
  return namingFile(path, () => parseIni(text));
}

/** Does something with an AWS file's text. Throws 253 with path and line where that cannot be read. */
export function namingFile<Result>(path: string, act: () => Result): Result {
  try {
    return act();
  } catch (error) {
    if (error instanceof IniSyntaxError) throw unparsable(path, error.line, error.message);
    throw error;
  }
}

function isRegularFile(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
  } catch {
    return false;
  }
}

/** The text of an AWS file. Throws 253 where it cannot be read, or is not UTF-8. */
export function readIniText(path: string): string {
  try {
    const text = readFileSync(path, "utf8");
    if (text.includes(replacementCharacter)) refuseOtherEncodings(path);
    return text;
  } catch (error) {
    if (isAwsmfaError(error)) throw error;
    throw configurationError(
      "UnreadableFile",
      `${printable(path)} cannot be read (${errorCode(error)}).`,
      { hint: "Check its permissions and those of its folder.", cause: error },
    );
  }
}

function refuseOtherEncodings(path: string): void {
  const lines = readFileSync(path, "latin1").split(/\r\n?|\n/);
  const bad = lines.findIndex((line) => !isUtf8(Buffer.from(line, "latin1")));
  if (bad >= 0) throw unparsable(path, bad + 1, "not UTF-8 text");
}

function unparsable(path: string, line: number, reason: string): Error {
  return configurationError("UnparsableFile", `${printable(path)}, line ${line}: ${reason}.`, {
    hint: "The AWS CLI cannot read this file either: correct that line.",
  });
}
