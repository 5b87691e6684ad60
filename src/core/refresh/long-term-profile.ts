import type { Profile, ProfileFiles } from "../aws-files/profile.ts";
import { configurationError } from "../errors.ts";
import { noLongTermKeys } from "../plan/plain-session.ts";
import { printableName } from "../printable.ts";
import { baseKeys, type BaseKeys } from "../request/mfa-session-request.ts";
import { profileOfLongTerm, type SectionNames } from "./section-names.ts";

/** The profile that holds an IAM user's keys. Throws 253 where there is none of this name. */
export function longTermProfile(files: ProfileFiles, sections: SectionNames): Profile {
  const profile = files.find(sections.longTerm);
  if (profile !== undefined) return profile;
  const name = printableName(sections.longTerm);
  throw configurationError(
    "NoLongTermSection",
    `there is no section [${name}] with the long-term keys.`,
    { hint: whereTheyMayBe(files, sections) },
  );
}

/** What its sessions are asked for with. Throws 253 where that is nothing. */
export function longTermBase(profile: Profile): BaseKeys {
  const base = baseKeys(profile);
  if (base !== undefined) return base;
  const name = printableName(profile.name);
  if (profile.keys.kind === "temporary") throw tokenError(name);
  throw noLongTermKeys(`profile ${name}`);
}

function tokenError(name: string): Error {
  return configurationError(
    "NoLongTermKeys",
    `profile ${name} has a session token, which long-term keys never have.`,
    { hint: `Take aws_session_token and aws_security_token out of [${name}], or of [DEFAULT].` },
  );
}

function whereTheyMayBe(files: ProfileFiles, { longTerm, shortTerm }: SectionNames): string {
  const hasKeys = (name: string): boolean => files.find(name)?.keys.kind === "long-term";
  if (hasKeys(shortTerm) && profileOfLongTerm(shortTerm) !== undefined) {
    return `The profile's name is without that: --profile ${shown(shortTerm)}`;
  }
  if (hasKeys(shortTerm)) {
    const [from, to] = [shortTerm, longTerm].map((name) => `[${printableName(name)}]`);
    return (
      `They stand in ${from}: rename that to ${to}, or leave it as it is by\n` +
      "  --long-term-suffix none --short-term-suffix mfa"
    );
  }
  const others = files
    .names()
    .filter((name) => profileOfLongTerm(name) !== undefined && hasKeys(name));
  return others.length === 0
    ? "awsmfa refresh --setup asks for them. --long-term-suffix names another section."
    : `There is one for these profiles: ${others.map(shown).join(", ")}.\n  awsmfa refresh --setup asks for more.`;
}

function shown(section: string): string {
  return printableName(profileOfLongTerm(section) ?? section);
}
