import type { Edits } from "../../core/aws-files/edit-sections.ts";
import type { IniDocument, IniSection } from "../../core/aws-files/ini.ts";
import { longTermKeysIn, longTermKeysLost } from "../../core/aws-files/long-term-keys.ts";
import { sectionWords } from "../../core/aws-files/section-words.ts";
import type { Environment } from "../../core/environment.ts";
import { configurationError } from "../../core/errors.ts";
import { lastFour } from "../../core/printable.ts";
import { credentialsPath } from "../../system/paths.ts";
import type { NamedFile } from "./present-file.ts";

/** Whether edits take long-term keys from a file, on purpose. Throws 253 where it would not be on purpose. */
export function losesLongTermKeys(
  file: NamedFile,
  document: IniDocument,
  edits: Edits,
  onPurpose: boolean,
): boolean {
  let loses = false;
  for (const [name, changes] of edits) {
    const section = document.sections.get(name);
    const lost = section && longTermKeysLost(section, changes);
    if (lost === undefined) continue;
    if (!onPurpose) throw longTermKeysError(file, name, lost.keyId);
    loses = true;
  }
  return loses;
}

/** Throws 253 for a section that the writer would refuse: nobody should give a code for that. */
export function refuseLongTermKeys(
  env: Environment,
  name: string,
  section: IniSection | undefined,
): void {
  const keys = section && longTermKeysIn(section);
  if (keys === undefined) return;
  const path = credentialsPath(env);
  throw longTermKeysError({ path, variable: "AWS_SHARED_CREDENTIALS_FILE" }, name, keys.keyId);
}

/** That a section holds keys which nobody could get back, whether or not with an id. */
function longTermKeysError(
  { path, variable }: NamedFile,
  section: string,
  keyId: string | undefined,
): Error {
  const id = keyId === undefined ? "without an id" : lastFour(keyId);
  return configurationError(
    "LongTermKeys",
    `${sectionWords(section, path)} holds long-term keys (${id}), which would be overwritten.`,
    { hint: hints[variable] },
  );
}

const hints = {
  AWS_SHARED_CREDENTIALS_FILE:
    "Rename that section, or name another target. awsmfa refresh takes --overwrite-long-term (a backup is kept).",
  AWS_CONFIG_FILE: "Rename that section first.",
};
