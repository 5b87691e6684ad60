import { configurationError } from "../errors.ts";
import { printable } from "../printable.ts";
import { sectionNameFault } from "../aws-files/section-name.ts";

/**
 * What stands behind a profile's name, with a hyphen between: `none`, in any case, is nothing, and an empty
 * one is the usual one.
 */
export interface Suffixes {
  readonly longTerm: string | undefined;
  readonly shortTerm: string | undefined;
}

/** Where a profile's own keys stand, and where its temporary ones are written. */
export interface SectionNames {
  readonly longTerm: string;
  readonly shortTerm: string;
}

/** The section with the keys of a profile, where nobody names another one. */
export function usualLongTerm(profile: string): string {
  return `${profile}-long-term`;
}

/** The profile whose keys a section of such a name holds; undefined for another name. */
export function profileOfLongTerm(section: string): string | undefined {
  return /^(.*)-long-term$/.exec(section)?.[1];
}

/** The section that aws-mfa-credentials writes for a profile, and we for it unless told otherwise. */
export function usualTarget(profile: string): string {
  return `${profile}-mfa`;
}

/** The profile that has this section as its usual target; undefined for another name. */
export function profileOfTarget(section: string): string | undefined {
  return /^(.*)-mfa$/s.exec(section)?.[1];
}

/** `dev-long-term` and `dev`, unless suffixes say otherwise. Throws 253 where both are the same. */
export function sectionNames(profile: string, { longTerm, shortTerm }: Suffixes): SectionNames {
  const names = {
    longTerm: longTerm ? suffixed(profile, longTerm) : usualLongTerm(profile),
    shortTerm: shortTerm ? suffixed(profile, shortTerm) : profile,
  };
  refuseFaultyNames(names, {
    check: "Check --profile and the suffixes.",
    tellApart: "Give --long-term-suffix and --short-term-suffix different values.",
  });
  return names;
}

/** What the user is told to do about names. */
interface NameHints {
  readonly check: string;
  readonly tellApart: string;
}

/** Throws 253 for what can be no section, and where both are the same. */
export function refuseFaultyNames(names: SectionNames, { check, tellApart }: NameHints): void {
  for (const name of Object.values(names)) {
    const fault = sectionNameFault(name);
    if (fault !== undefined) throw nameError(name, fault, check);
  }
  if (names.longTerm === names.shortTerm) throw sameNameError(names.longTerm, tellApart);
}

function suffixed(profile: string, suffix: string): string {
  return suffix.toLowerCase() === "none" ? profile : `${profile}-${suffix}`;
}

function nameError(name: string, fault: string, hint: string): Error {
  return configurationError(
    "InvalidSectionName",
    `"${printable(name)}" cannot name a section of the credentials file: ${fault}.`,
    { hint },
  );
}

function sameNameError(name: string, hint: string): Error {
  return configurationError(
    "SameSection",
    `long-term keys and temporary ones cannot both stand in [${printable(name)}].`,
    { hint },
  );
}
