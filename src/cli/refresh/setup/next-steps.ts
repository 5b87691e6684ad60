import { longTermKeyIn } from "../../../core/aws-files/long-term-keys.ts";
import { lastFour, printable, printableName } from "../../../core/printable.ts";
import { quotedWord, shellWord } from "../../../core/shell-word.ts";
import type { Place } from "./choose-place.ts";
import type { SetupOptions } from "./setup-options.ts";

/** What to do with the keys now. */
export function nextSteps(place: Place, options: SetupOptions): string {
  const { sections, target } = place;
  const name = printableName(sections.shortTerm);
  const inTheWay = target && longTermKeyIn(target);
  const session = sessionCommand(place);
  return [
    `For every program: this asks for a code and writes a session to [${name}]`,
    `  ${refreshCommand(place, options)}`,
    ...(inTheWay === undefined
      ? []
      : [`  (with --overwrite-long-term, since [${name}] holds the key ${lastFour(inTheWay)})`]),
    "For the AWS CLI alone: with this in your shell's start file it asks when need be",
    `  alias aws=${/['"$\\`!]/.test(session) ? quotedWord(session) : `"${session}"`}`,
  ].join("\n");
}

function refreshCommand({ profile, sections }: Place, options: SetupOptions): string {
  const { longTermSuffix, shortTermSuffix } = options;
  const isOwnName = sections.longTerm === profile;
  return [
    "awsmfa refresh",
    ...option("--profile", profile === "default" ? undefined : profile),
    ...option("--long-term-suffix", longTermSuffix),
    ...option("--short-term-suffix", shortTermSuffix || (isOwnName ? "mfa" : undefined)),
  ].join(" ");
}

function sessionCommand({ sections: { longTerm } }: Place): string {
  const profile = option("--profile", longTerm === "default" ? undefined : longTerm);
  return ["awsmfa session", ...profile].join(" ");
}

function option(name: string, value: string | undefined): string[] {
  return value ? [name, shellWord(printable(value))] : [];
}
