import { settingWords } from "../aws-files/inherited-settings.ts";
import { printable } from "../printable.ts";
import { shellWord } from "../shell-word.ts";
import type { ProcessProfile } from "./process-profile.ts";

/** The lines that show what is to be added. */
export function additionWords({ header, source, command, inherited }: ProcessProfile): string[] {
  const settings = inherited.map(
    (setting) => `${settingWords(setting)}   (from profile ${printable(source)})`,
  );
  return [`[${header}]`, `credential_process = ${command}`, ...settings].map(
    (line) => `  + ${printable(line)}`,
  );
}

/** The lines that show what is to be replaced in it. */
export function replacementWords(before: string, header: string, command: string): string[] {
  return [
    `  [${printable(header)}]`,
    `  - credential_process = ${printable(before)}`,
    `  + credential_process = ${printable(command)}`,
  ];
}

/** The lines where it is all there. */
export function presentWords({ header }: ProcessProfile): string[] {
  return [`  [${printable(header)}]   nothing to do: it is there`];
}

/** The lines that say how to go on. */
export function usageWords({ name, inherited }: ProcessProfile): string[] {
  const word = shellWord(printable(name));
  // https://github.com/smithy-lang/smithy-typescript, shared-ini-file-loader/src/parseIni.ts
  const isPlain = /^[\w@+.%:/-]+$/.test(name);
  const hasRegion = inherited.some(({ key }) => key === "region");
  return [
    `From now on:  export AWS_PROFILE=${word}   for aws, and for programs that use an AWS SDK`,
    ...(hasRegion ? [] : [`It has no region yet:  aws configure set region … --profile ${word}`]),
    ...(isPlain
      ? []
      : [
          "Not all SDKs know such names (JavaScript, Go, Ruby may not): --as gives it a plain one.",
        ]),
  ];
}
