import type { SectionChanges } from "../aws-files/section-changes.ts";
import type { IniSection } from "../aws-files/ini.ts";
import type { Session } from "../session/session.ts";
import { formatTime, parseTime } from "../time.ts";

/**
 * What a section must hold for this session, as the Python tool aws-mfa writes and reads it: the token
 * under its old name, too, and the end in UTC without saying so.
 */
export function shortTermKeys(session: Session, role: string | undefined): SectionChanges {
  return new Map([
    ["aws_access_key_id", session.accessKeyId],
    ["aws_secret_access_key", session.secretAccessKey],
    ["aws_session_token", session.sessionToken],
    ["aws_security_token", session.sessionToken],
    ["expiration", formatTime(session.expiration).replace("T", " ").replace("Z", "")],
    ["assumed_role", role === undefined ? "False" : "True"],
    ["assumed_role_arn", role],
  ]);
}

/** A session that a section holds. */
export interface ShortTerm {
  readonly expiration: Date;
  /** The role that it is for, of which the section may not say the ARN; undefined for the user's own. */
  readonly role: { readonly arn: string | undefined } | undefined;
}

/** The session in a section; undefined where something is missing in it, or does not fit together. */
export function readShortTerm({ entries }: IniSection): ShortTerm | undefined {
  const value = (key: string): string | undefined => entries.get(key)?.value || undefined;
  const token = value("aws_session_token");
  // Whichever of the two is the older one: the AWS CLI takes the latter.
  if (token === undefined || (value("aws_security_token") ?? token) !== token) return undefined;
  if (!value("aws_access_key_id") || !value("aws_secret_access_key")) return undefined;
  const written = value("expiration") ?? "";
  const expiration = parseTime(written) ?? parseTime(`${written} UTC`);
  if (expiration === undefined) return undefined;
  const isRole = value("assumed_role")?.toLowerCase() === "true";
  return { expiration, role: isRole ? { arn: value("assumed_role_arn") } : undefined };
}
