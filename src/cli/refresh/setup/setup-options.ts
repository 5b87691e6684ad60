import type { Suffixes } from "../../../core/refresh/section-names.ts";

/** What the command line says about the section that is to be written. */
export interface SetupOptions {
  readonly profile: string;
  readonly longTermSuffix?: string;
  readonly shortTermSuffix?: string;
}

/** What sections are named by. */
export interface Naming {
  /** The profile that is offered. */
  readonly offered: string;
  readonly suffixes: Suffixes;
}

/** How the sections are named; keys under the profile's own name need another one for sessions. */
export function namingOf({ profile, longTermSuffix, shortTermSuffix }: SetupOptions): Naming {
  const isOwnName = longTermSuffix?.toLowerCase() === "none";
  const shortTerm = shortTermSuffix || (isOwnName ? "mfa" : undefined);
  return { offered: profile, suffixes: { longTerm: longTermSuffix, shortTerm } };
}
