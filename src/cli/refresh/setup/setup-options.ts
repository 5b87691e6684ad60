import { firstVariable, type Environment } from "../../../core/environment.ts";
import type { Suffixes } from "../../../core/refresh/section-names.ts";
import { namedProfile } from "../../session-options.ts";

/** What the command line says about the section that is to be written. */
export interface SetupOptions {
  readonly profile?: string;
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
export function namingOf(env: Environment, options: SetupOptions): Naming {
  const { longTermSuffix: longTerm, shortTermSuffix } = options;
  const isOwnName = longTerm?.toLowerCase() === "none";
  return {
    offered:
      namedProfile(options) ??
      firstVariable(env, "AWS_PROFILE", "AWS_DEFAULT_PROFILE") ??
      "default",
    suffixes: { longTerm, shortTerm: shortTermSuffix || (isOwnName ? "mfa" : undefined) },
  };
}
