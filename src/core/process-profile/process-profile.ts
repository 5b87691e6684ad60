import { inheritedSettings, type InheritedSetting } from "../aws-files/inherited-settings.ts";
import type { Profile } from "../aws-files/profile.ts";
import type { SectionChanges } from "../aws-files/section-changes.ts";
import { profileHeader, sectionNameFault } from "../aws-files/section-name.ts";
import { configurationError } from "../errors.ts";
import { printable, printableName } from "../printable.ts";
import { processCommand } from "./process-command.ts";

/** A profile for the config file that has the session of another one. */
export interface ProcessProfile {
  readonly name: string;
  /** The name of the section. */
  readonly header: string;
  /** The profile with the long-term keys, or of the role. */
  readonly source: string;
  readonly command: string;
  readonly inherited: readonly InheritedSetting[];
}

/** The profile `name` with the session of `source`. Throws 253 for a name that it cannot have. */
export function processProfile(
  source: Profile,
  name: string,
  program: readonly string[],
): ProcessProfile {
  if (name === source.name) throw sameNameError(name);
  const fault = sectionNameFault(name) ?? faultForGo(name);
  if (fault !== undefined) throw invalidNameError(name, fault);
  return {
    name,
    header: profileHeader(name),
    source: source.name,
    command: processCommand(program, source.name),
    inherited: inheritedSettings(undefined, source),
  };
}

/** The SDK for Go 1 would read no profile of a file with such a header. */
function faultForGo(name: string): string | undefined {
  return /[[\];#]/.test(name)
    ? "with one of [ ] ; # in the name of a section some programs in Go read no profile of the file"
    : undefined;
}

/** What its section holds. */
export function settingsOf({ command, inherited }: ProcessProfile): SectionChanges {
  return new Map([
    ["credential_process", command],
    ...inherited.map(({ key, value }) => [key, value] as const),
  ]);
}

function sameNameError(name: string): Error {
  return configurationError(
    "SameProfile",
    `profile ${printableName(name)} cannot be both the one with the keys and the one with their session.`,
    { hint: "Name another one by --as." },
  );
}

function invalidNameError(name: string, fault: string): Error {
  return configurationError(
    "InvalidProfileName",
    `"${printable(name)}" cannot name a profile: ${fault}.`,
    { hint: "Name another one by --as." },
  );
}
