import { firstVariable, type Environment } from "../../../core/environment.ts";
import type { Suffixes } from "../../../core/refresh/section-names.ts";
import { namedProfile } from "../../session-options.ts";

/** What the command line says about the section that is to be written. */
export interface SetupOptions {
  readonly profile?: string;
  readonly longTermSuffix?: string;
  readonly shortTermSuffix?: string;
}

/** The profile that is offered. */
export function offeredProfile(env: Environment, options: SetupOptions): string {
  return (
    namedProfile(options) ?? firstVariable(env, "AWS_PROFILE", "AWS_DEFAULT_PROFILE") ?? "default"
  );
}

/** The suffixes of both sections; keys under the profile's own name need another one for sessions. */
export function setupSections({ longTermSuffix, shortTermSuffix }: SetupOptions): Suffixes {
  const isOwnName = longTermSuffix?.toLowerCase() === "none";
  return {
    longTerm: longTermSuffix,
    shortTerm: shortTermSuffix || (isOwnName ? "mfa" : undefined),
  };
}
