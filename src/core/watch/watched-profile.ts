import type { ProfileFiles } from "../aws-files/profile.ts";
import { firstVariable, type Environment } from "../environment.ts";
import { profileOfTarget } from "../refresh/section-names.ts";

/**
 * The profile to watch where none is named. With `AWS_PROFILE=dev-mfa` programs use what is written for
 * `dev`: then that is meant.
 */
export function watchedProfile(env: Environment, files: ProfileFiles): string {
  const active = firstVariable(env, "AWS_PROFILE", "AWS_DEFAULT_PROFILE") ?? "default";
  const source = profileOfTarget(active);
  return source !== undefined && files.find(source) !== undefined ? source : active;
}
