import { readFileSync, statSync } from "node:fs";
import { isUtf8 } from "node:buffer";
import type { Environment } from "../core/environment.ts";
import { configurationError, isAwsmfaError } from "../core/errors.ts";
import { IniSyntaxError, parseIni, type IniDocument } from "../core/aws-files/ini.ts";
import { printable } from "../core/printable.ts";
import { replacementCharacter } from "../core/replacement-character.ts";
import { profileFiles, type ProfileFiles } from "../core/aws-files/profile.ts";
import { configPath, credentialsPath } from "../system/paths.ts";
import { errorCode } from "../system/error-code.ts";

/** Reads both AWS files. Throws 253 with path and line where the AWS CLI could not read them either. */
export function readProfileFiles(env: Environment): ProfileFiles {
  return profileFiles(readIniFile(configPath(env)), readIniFile(credentialsPath(env)));
}

/** Reads one AWS file; a missing one is empty, and so is what is no regular file (as for the AWS CLI). */
export function readIniFile(path: string): IniDocument {
  const text = isRegularFile(path) ? readText(path) : "";
  try {
    return parseIni(text);
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

function readText(path: string): string {
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
