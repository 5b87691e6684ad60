import { isLongTermId } from "../aws-files/long-term-keys.ts";
import type { SectionChanges } from "../aws-files/section-changes.ts";
import { clockSeconds, sessionSeconds } from "../duration.ts";
import type { Session } from "../session/session.ts";
import { formatTime, parseTime, secondsUntil } from "../time.ts";

/** What a section holds of a session beside the pair of keys: it would spoil long-term ones. */
export const sessionKeys = [
  "aws_session_token",
  "aws_security_token",
  "expiration",
  "assumed_role",
  "assumed_role_arn",
] as const;

/**
 * What a section must hold for this session, as the Python tool aws-mfa writes and reads it: the token
 * under its old name, too, and the end in UTC without saying so.
 */
export function shortTermKeys(session: Session, role: string | undefined): SectionChanges {
  const values: Record<(typeof sessionKeys)[number], string | undefined> = {
    aws_session_token: session.sessionToken,
    aws_security_token: session.sessionToken,
    expiration: formatTime(session.expiration).replace("T", " ").replace("Z", ""),
    assumed_role: role === undefined ? "False" : "True",
    assumed_role_arn: role,
  };
  return new Map([
    ["aws_access_key_id", session.accessKeyId],
    ["aws_secret_access_key", session.secretAccessKey],
    ...sessionKeys.map((key) => [key, values[key]] as const),
  ]);
}

/** A session that a section holds. */
export interface ShortTerm {
  readonly expiration: Date;
  /** The role that it is for, of which the section may not say the ARN; undefined for the user's own. */
  readonly role: { readonly arn: string | undefined } | undefined;
}

/** Whether a session can end then: none lasts for longer than AWS gives, whatever is written. */
export function canEnd(expiration: Date, now: Date): boolean {
  return secondsUntil(expiration, now) <= sessionSeconds.most + clockSeconds;
}

/** Whether a session is that of this role, or of the user where none is wanted. */
export function isOfRole({ role }: ShortTerm, wanted: string | undefined): boolean {
  return wanted === undefined ? role === undefined : role?.arn === wanted;
}

/** The session in a section; undefined where something is missing in it, or does not fit together. */
export function readShortTerm(setting: (key: string) => string | undefined): ShortTerm | undefined {
  const value = (key: string): string | undefined => setting(key) || undefined;
  const token = value("aws_session_token");
  // Whichever of the two is the older one: the AWS CLI takes the latter.
  if (token === undefined || (value("aws_security_token") ?? token) !== token) return undefined;
  const keyId = value("aws_access_key_id");
  if (keyId === undefined || isLongTermId(keyId) || !value("aws_secret_access_key"))
    return undefined;
  const written = value("expiration") ?? "";
  const expiration = parseTime(written) ?? parseTime(`${written} UTC`);
  if (expiration === undefined) return undefined;
  const isRole = value("assumed_role")?.toLowerCase() === "true";
  return { expiration, role: isRole ? { arn: value("assumed_role_arn") } : undefined };
}
