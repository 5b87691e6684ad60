import type { Environment } from "../environment.ts";
import { formatTime } from "../time.ts";
import type { Session } from "../session/session.ts";

/** What the child runs as. */
export interface ChildCredentials {
  readonly session: Session;
  /** Undefined for a session of environment keys: then the profile variables are left alone. */
  readonly profile: { readonly name: string; readonly accountId: string | undefined } | undefined;
}

/** A variable we own and what the child sees of it; undefined is unset. */
export type Assignment = readonly [name: string, value: string | undefined];

/** What a session sets and unsets for any child, always all of it, in order. */
export function credentialAssignments(session: Session): Assignment[] {
  return [
    ["AWS_ACCESS_KEY_ID", session.accessKeyId],
    ["AWS_SECRET_ACCESS_KEY", session.secretAccessKey],
    ["AWS_SESSION_TOKEN", session.sessionToken],
    // Never copied from outside: junk or a past time makes botocore fail.
    ["AWS_CREDENTIAL_EXPIRATION", formatTime(session.expiration)],
    // botocore would prefer it to the session token.
    ["AWS_SECURITY_TOKEN", undefined],
    ["AWS_CREDENTIAL_SCOPE", undefined],
    ["AWS_MFA_TOKEN", undefined],
  ];
}

/** Variables by which the environment says whom a program acts as, whatever the profile. */
export const credentialVariables = [
  "AWS_ACCESS_KEY_ID",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_SESSION_TOKEN",
  "AWS_SECURITY_TOKEN",
  "AWS_CREDENTIAL_EXPIRATION",
  "AWS_CREDENTIAL_SCOPE",
  "AWS_ACCOUNT_ID",
  // botocore takes a web identity of the environment for a profile's own, were it left.
  "AWS_WEB_IDENTITY_TOKEN_FILE",
  "AWS_ROLE_ARN",
] as const;

/** Every variable that a session sets or unsets for the wrapped `aws`. */
export function childAssignments({ session, profile }: ChildCredentials): Assignment[] {
  const credentials = credentialAssignments(session);
  if (profile === undefined) return credentials;
  return [
    ...credentials,
    ["AWS_PROFILE", profile.name],
    ["AWS_DEFAULT_PROFILE", undefined],
    // An inherited one would send DynamoDB to another account's endpoint.
    ["AWS_ACCOUNT_ID", profile.accountId],
  ];
}

/** The environment with assignments carried out; the given one stays as it is. */
export function withAssignments(
  env: Environment,
  assignments: readonly Assignment[],
): Record<string, string> {
  const owned = new Map(assignments);
  const inherited = Object.entries(env).filter(([name]) => !owned.has(name));
  const all = [...inherited, ...owned].filter(
    (pair): pair is [string, string] => pair[1] !== undefined,
  );
  // Not by assignment, which would take `__proto__` for something else.
  return Object.fromEntries(all);
}
