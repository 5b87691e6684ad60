import { variable, type Environment } from "../environment.ts";

/** The profile an invocation runs as, and who named it. */
export interface ActiveProfile {
  readonly name: string;
  readonly namedBy: "--profile" | "AWS_PROFILE" | "AWS_DEFAULT_PROFILE" | "nobody";
}

/** `--profile`, else `AWS_PROFILE`, else `AWS_DEFAULT_PROFILE` (the order of AWS CLI v2), else `default`. */
export function activeProfile(env: Environment, explicit: string | undefined): ActiveProfile {
  if (explicit !== undefined) return { name: explicit, namedBy: "--profile" };
  // An empty AWS_PROFILE is set: the CLI looks for a profile of that name, and refuses.
  const name = env["AWS_PROFILE"];
  if (name !== undefined) return { name, namedBy: "AWS_PROFILE" };
  const fallback = variable(env, "AWS_DEFAULT_PROFILE");
  if (fallback !== undefined) return { name: fallback, namedBy: "AWS_DEFAULT_PROFILE" };
  return { name: "default", namedBy: "nobody" };
}
