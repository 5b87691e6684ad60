import { firstVariable, variable, type Environment } from "../environment.ts";

/** What the `AWS_*` key variables hold. A secret or a token alone is nothing, as for the AWS CLI. */
export type EnvironmentKeys =
  | { kind: "none" }
  | { kind: "incomplete" }
  | { kind: "temporary"; accessKeyId: string }
  | { kind: "long-term"; accessKeyId: string; secretAccessKey: string };

/** Reads the key variables; `AWS_SECURITY_TOKEN` counts as a session token. */
export function environmentKeys(env: Environment): EnvironmentKeys {
  const accessKeyId = variable(env, "AWS_ACCESS_KEY_ID");
  if (accessKeyId === undefined) return { kind: "none" };
  const secretAccessKey = variable(env, "AWS_SECRET_ACCESS_KEY");
  if (secretAccessKey === undefined) return { kind: "incomplete" };
  const token = firstVariable(env, "AWS_SESSION_TOKEN", "AWS_SECURITY_TOKEN");
  if (token !== undefined) return { kind: "temporary", accessKeyId };
  return { kind: "long-term", accessKeyId, secretAccessKey };
}
