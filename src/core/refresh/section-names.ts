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

/** `dev-long-term` and `dev`, unless suffixes say otherwise. Throws 253 where both are the same. */
export function sectionNames(profile: string, { longTerm, shortTerm }: Suffixes): SectionNames {
  const names = {
    longTerm: longTerm ? suffixed(profile, longTerm) : usualLongTerm(profile),
    shortTerm: shortTerm ? suffixed(profile, shortTerm) : profile,
  };
  for (const name of Object.values(names)) {
    const fault = sectionNameFault(name);
    if (fault !== undefined) throw nameError(name, fault);
  }
  if (names.longTerm === names.shortTerm) throw sameNameError(names.longTerm);
  return names;
}

function suffixed(profile: string, suffix: string): string {
  return suffix.toLowerCase() === "none" ? profile : `${profile}-${suffix}`;
}

function nameError(name: string, fault: string): Error {
  return configurationError(
    "InvalidSectionName",
    `"${printable(name)}" cannot name a section of the credentials file: ${fault}.`,
    { hint: "Check --profile and the suffixes." },
  );
}

function sameNameError(name: string): Error {
  return configurationError(
    "SameSection",
    `long-term keys and temporary ones cannot both stand in [${printable(name)}].`,
    { hint: "Give --long-term-suffix and --short-term-suffix different values." },
  );
}
