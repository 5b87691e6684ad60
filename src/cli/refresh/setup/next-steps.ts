import { printableName } from "../../../core/printable.ts";
import type { Place } from "./choose-place.ts";
import type { SetupOptions } from "./setup-options.ts";

/** What to do with the keys now. */
export function nextSteps(
  { profile, sections }: Place,
  { longTermSuffix, shortTermSuffix }: SetupOptions,
): string {
  const isOwnName = sections.longTerm === profile;
  const refresh = [
    "awsmfa refresh",
    ...option("--profile", profile === "default" ? undefined : profile),
    ...option("--long-term-suffix", longTermSuffix),
    ...option("--short-term-suffix", shortTermSuffix || (isOwnName ? "mfa" : undefined)),
  ].join(" ");
  const session = [
    "awsmfa session",
    ...option("--profile", sections.longTerm === "default" ? undefined : sections.longTerm),
  ].join(" ");
  const target = printableName(sections.shortTerm);
  return [
    `For every program: this asks for a code and writes a session to [${target}]`,
    `  ${refresh}`,
    "For the AWS CLI alone: with this in your shell's start file it asks when need be",
    `  alias aws=${/['"$\\`!]/.test(session) ? quoted(session) : `"${session}"`}`,
  ].join("\n");
}

function option(name: string, value: string | undefined): string[] {
  return value ? [name, word(value)] : [];
}

/** A word of a command line, as it is typed. */
function word(text: string): string {
  return /^[\w.,:/@%+-]+$/.test(text) ? text : quoted(printableName(text));
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
