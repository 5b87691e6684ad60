import type { Profile } from "../aws-files/profile.ts";
import type { AssumedRole } from "../session/stored-role.ts";

/** What AssumeRole is asked for: every parameter that changes its answer. */
export interface RoleParameters {
  readonly arn: string;
  readonly sessionName: string;
  readonly externalId: string | undefined;
  /** How long the session is to last, in seconds; NaN where the file does not say a number. */
  readonly seconds: number;
  readonly sourceIdentity: string | undefined;
  /** Names and values, in the order of the file. */
  readonly tags: readonly (readonly [key: string, value: string])[];
  readonly transitiveTagKeys: readonly string[];
}

/** Where a session's name comes from. */
export interface SessionNames {
  /** `AWS_ROLE_SESSION_NAME`: beats the file, as it does for aws-vault. */
  readonly chosen: string | undefined;
  /** Where nobody says one. */
  readonly fallback: string;
}

/** Bounds and default of `DurationSeconds` for AssumeRole, in seconds (STS API reference). */
export const roleSeconds = { least: 900, most: 43_200, default: 3600 } as const;

/**
 * What a role profile asks for; an empty setting says nothing. The settings have the names that the AWS
 * CLI gives them, and where it knows none those of aws-vault.
 */
export function roleParameters(profile: Profile, names: SessionNames): RoleParameters {
  const setting = (key: string): string | undefined => profile.setting(key) || undefined;
  const duration = setting("duration_seconds") ?? String(roleSeconds.default);
  return {
    arn: setting("role_arn") ?? "",
    sessionName: names.chosen ?? setting("role_session_name") ?? names.fallback,
    externalId: setting("external_id"),
    seconds: /^\+?\d{1,9}$/.test(duration) ? Number(duration) : Number.NaN,
    sourceIdentity: setting("source_identity"),
    tags: wordsOf(setting("session_tags")).map(keyAndValue),
    transitiveTagKeys: wordsOf(setting("transitive_session_tags")),
  };
}

/**
 * A session name that tells who it is: the last part of the device's name, which is that of its user
 * unless somebody chose another one.
 */
export function sessionNameOf(serial: string): string {
  const name = serial.slice(serial.lastIndexOf("/") + 1).replace(/[^\w+=,.@-]/g, "-");
  return (name.length < 2 ? `user-${name}` : name).slice(0, 64);
}

/** As they are written into a session file, and compared there: different wherever they differ. */
export function assumedRole(parameters: RoleParameters): AssumedRole {
  const { tags, transitiveTagKeys } = parameters;
  return {
    role_arn: parameters.arn,
    role_session_name: parameters.sessionName,
    external_id: parameters.externalId,
    duration_seconds: parameters.seconds,
    source_identity: parameters.sourceIdentity,
    session_tags: tags.length === 0 ? undefined : tags,
    transitive_session_tags: transitiveTagKeys.length === 0 ? undefined : transitiveTagKeys,
  };
}

function wordsOf(list: string | undefined): string[] {
  return list === undefined ? [] : list.split(",").map((word) => word.trim());
}

/** A word without `=` has no key, which nobody takes for a tag. */
function keyAndValue(word: string): [key: string, value: string] {
  const equals = word.indexOf("=");
  return [word.slice(0, Math.max(0, equals)).trim(), word.slice(equals + 1).trim()];
}
