import type { IniSection } from "./ini.ts";
import type { SectionChanges } from "./section-changes.ts";

/**
 * The access key id of an IAM user in a section, which may stand nowhere else; undefined for anything else.
 * Temporary keys come with a token, and their ids begin with `ASIA`
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids).
 */
export function longTermKeyIn(section: IniSection): string | undefined {
  return holdsTemporaryKeys(section) ? undefined : keyIdIn(section);
}

/** Long-term keys that would be gone for good. */
export interface LostKeys {
  /** Undefined where the section has but a secret: that is as hard to get back. */
  readonly keyId: string | undefined;
}

/** The keys of an IAM user that changes would take from a section; undefined for none. */
export function longTermKeysLost(
  section: IniSection,
  changes: SectionChanges,
): LostKeys | undefined {
  const isLost = ["aws_access_key_id", "aws_secret_access_key"].some((key) => {
    const value = valueIn(section, key);
    return value !== "" && changes.has(key) && changes.get(key) !== value;
  });
  return isLost && !holdsTemporaryKeys(section) ? { keyId: keyIdIn(section) } : undefined;
}

function holdsTemporaryKeys(section: IniSection): boolean {
  return (
    valueIn(section, "aws_session_token") !== "" ||
    valueIn(section, "aws_security_token") !== "" ||
    valueIn(section, "aws_access_key_id").startsWith("ASIA")
  );
}

function keyIdIn(section: IniSection): string | undefined {
  return valueIn(section, "aws_access_key_id") || undefined;
}

function valueIn({ entries }: IniSection, key: string): string {
  return entries.get(key)?.value ?? "";
}
