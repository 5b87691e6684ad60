import { settingWords, type InheritedSetting } from "../../../core/aws-files/inherited-settings.ts";
import { longTermKeysIn } from "../../../core/aws-files/long-term-keys.ts";
import { lastFour, printable, printableName } from "../../../core/printable.ts";
import { shellWord } from "../../../core/shell-word.ts";
import { backupWords } from "../../backup-words.ts";
import type { Place } from "./choose-place.ts";

interface Written {
  readonly place: Place;
  /** Its words for a sentence. */
  readonly section: string;
  readonly inherited: readonly InheritedSetting[];
  /** Path of the copy that was kept. */
  readonly backup: string | undefined;
}

/** What was done, and what to do with the keys now. */
export function lastWords({ place, section, inherited, backup }: Written): string {
  return [
    `Wrote ${section}.`,
    ...(inherited.length === 0
      ? []
      : [
          `It has ${inherited.map(settingWords).join(", ")} from profile ${printableName(place.profile)}.`,
        ]),
    ...(backup === undefined ? [] : [backupWords(backup)]),
    ...nextSteps(place),
  ].join("\n");
}

function nextSteps(place: Place): string[] {
  const { sections, target } = place;
  const name = printableName(sections.shortTerm);
  const inTheWay = target && longTermKeysIn(target);
  const keyWords =
    inTheWay?.keyId === undefined ? "a secret key" : `the key ${lastFour(inTheWay.keyId)}`;
  const { longTerm } = sections;
  return [
    `For every program: this asks for a code and writes a session to [${name}]`,
    `  ${refreshCommand(place)}`,
    ...(inTheWay === undefined
      ? []
      : [`  (with --overwrite-long-term, since [${name}] holds ${keyWords})`]),
    "For the AWS CLI alone: with this in your shell's start file it asks when need be",
    '  alias aws="awsmfa session"',
    ...(longTerm === "default" ? [] : [`  export AWS_PROFILE=${shellWord(printable(longTerm))}`]),
  ];
}

function refreshCommand({ profile, suffixes }: Place): string {
  return [
    "awsmfa refresh",
    ...option("--profile", profile === "default" ? undefined : profile),
    ...option("--long-term-suffix", suffixes.longTerm),
    ...option("--short-term-suffix", suffixes.shortTerm),
  ].join(" ");
}

function option(name: string, value: string | undefined): string[] {
  return value ? [name, shellWord(printable(value))] : [];
}
