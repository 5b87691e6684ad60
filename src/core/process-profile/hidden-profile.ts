import type { IniDocument, IniEntry } from "../aws-files/ini.ts";
import { profileFiles, type Profile } from "../aws-files/profile.ts";
import { configurationError } from "../errors.ts";
import { signsInOtherwise } from "../plan/plan-profile.ts";
import { assumesRole } from "../plan/role-chain.ts";
import { printable } from "../printable.ts";
import { settingsOf, type ProcessProfile } from "./process-profile.ts";

/** Both AWS files as they are. */
export interface Documents {
  readonly config: IniDocument;
  readonly credentials: IniDocument;
}

/** Throws 253 where what all profiles inherit from [DEFAULT] comes before the profile's `credential_process`. */
export function refuseHidden(wanted: ProcessProfile, { config, credentials }: Documents): void {
  if (runsIts(wanted, { config: withProfile(wanted, config), credentials })) return;
  throw configurationError(
    "HiddenByDefaults",
    `what [DEFAULT] of your AWS files says of keys or roles would hold for profile ${printable(wanted.name)} as well, and come first.`,
    { hint: "Move it into the profiles that it is meant for." },
  );
}

/** Whether programs that use the profile get their keys by its command. */
export function runsIts(
  { name, command }: ProcessProfile,
  { config, credentials }: Documents,
): boolean {
  const profile = profileFiles(config, credentials).find(name);
  return profile !== undefined && runsProcess(profile, command);
}

function runsProcess(profile: Profile, command: string): boolean {
  const { keys } = profile;
  const isOurs = keys.kind === "process" && keys.command === command;
  return isOurs && !assumesRole(profile) && !signsInOtherwise(profile);
}

function withProfile(wanted: ProcessProfile, document: IniDocument): IniDocument {
  const entries = new Map<string, IniEntry>();
  for (const [key, value] of settingsOf(wanted)) {
    if (value !== undefined) entries.set(key, { line: 0, value });
  }
  const sections = new Map(document.sections).set(wanted.header, { line: 0, entries });
  return { ...document, sections };
}
