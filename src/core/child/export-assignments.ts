import type { Assignment } from "./child-env.ts";
import { variable, type Environment } from "../environment.ts";
import { formatTime } from "../time.ts";
import type { Session } from "../session/session.ts";

/** A variable that `exports` sets. */
export type Export = readonly [name: string, value: string];

/** What `exports` sets, in the order of the Ruby gem aws-mfa-secure, then what that tool forgot. */
export function exportAssignments(session: Session, env: Environment): Export[] {
  const exports: Export[] = [
    ["AWS_ACCESS_KEY_ID", session.accessKeyId],
    ["AWS_SECRET_ACCESS_KEY", session.secretAccessKey],
    ["AWS_SESSION_TOKEN", session.sessionToken],
    ["AWS_CREDENTIAL_EXPIRATION", formatTime(session.expiration)],
  ];
  // botocore would prefer it to the session token, and takes an empty one for none.
  const stale = variable(env, "AWS_SECURITY_TOKEN") !== undefined;
  return stale ? [...exports, ["AWS_SECURITY_TOKEN", ""]] : exports;
}

/** Every variable that `exports` may have set: what `unsets` removes. */
const exportedVariables = [
  "AWS_ACCESS_KEY_ID",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_SESSION_TOKEN",
  "AWS_CREDENTIAL_EXPIRATION",
  "AWS_SECURITY_TOKEN",
] as const;

/** Takes an exported session out of an environment. */
export const withoutExports: readonly Assignment[] = exportedVariables.map((name) => [
  name,
  undefined,
]);
