import type { Profile } from "../core/aws-files/profile.ts";
import { variable, type Environment } from "../core/environment.ts";
import { signsInOtherwise } from "../core/plan/plan-profile.ts";
import { assumesRole } from "../core/plan/role-chain.ts";
import { printableName } from "../core/printable.ts";

/** Why programs would not use the session of a section, as they find something better first. */
export function whatHidesIt(
  env: Environment,
  profile: Profile | undefined,
  section: string,
): string | undefined {
  const name = printableName(section);
  if (variable(env, "AWS_ACCESS_KEY_ID") !== undefined) {
    return `AWS_ACCESS_KEY_ID is set: programs use it, and not profile ${name}, unless you unset it.`;
  }
  if (profile !== undefined && (assumesRole(profile) || signsInOtherwise(profile))) {
    return `profile ${name} signs in another way as well (a role, SSO, …), which programs prefer to what is written.`;
  }
  return undefined;
}
