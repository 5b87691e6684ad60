import type { IniSection } from "./ini.ts";
import type { SectionChanges } from "./section-changes.ts";

/** Keys of an IAM user, which may stand nowhere else. */
export interface LongTermKeys {
  /** Undefined where the section has but a secret: that is as hard to get back. */
  readonly keyId: string | undefined;
}

/**
 * The keys of an IAM user in a section; undefined where there are none, or temporary ones. The id tells
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids):
 * `aws configure` leaves the token of those that it replaces by others. Where it does not, a token does.
 */
export function longTermKeysIn(section: IniSection): LongTermKeys | undefined {
  const value = (key: string): string => section.entries.get(key)?.value ?? "";
  const id = value("aws_access_key_id");
  if (id === "" && value("aws_secret_access_key") === "") return undefined;
  const hasToken = value("aws_session_token") !== "" || value("aws_security_token") !== "";
  const isTemporary = id.startsWith("ASIA") || (hasToken && !isLongTermId(id));
  return isTemporary ? undefined : { keyId: id || undefined };
}

/** The id of such keys; undefined where there is none. */
export function longTermKeyIn(section: IniSection): string | undefined {
  return longTermKeysIn(section)?.keyId;
}

/** The keys of an IAM user that changes would take from a section; undefined for none. */
export function longTermKeysLost(
  section: IniSection,
  changes: SectionChanges,
): LongTermKeys | undefined {
  const isLost = ["aws_access_key_id", "aws_secret_access_key"].some((key) => {
    const value = section.entries.get(key)?.value ?? "";
    return value !== "" && changes.has(key) && changes.get(key) !== value;
  });
  return isLost ? longTermKeysIn(section) : undefined;
}

/** Whether this can be the id of none but an IAM user's key. */
export function isLongTermId(accessKeyId: string): boolean {
  return accessKeyId.startsWith("AKIA");
}
