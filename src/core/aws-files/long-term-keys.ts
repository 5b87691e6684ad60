import type { IniSection } from "./ini.ts";
import type { SectionChanges } from "./section-changes.ts";

/**
 * The access key id of an IAM user in a section, which may stand nowhere else; undefined for anything else.
 * Temporary keys come with a token, and their ids begin with `ASIA`
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids).
 */
export function longTermKeyIn(section: IniSection): string | undefined {
  return valueIn(section, "aws_access_key_id") === "" ? undefined : keptKeyIn(section);
}

/**
 * The access key id of the keys that changes would take from a section for good; undefined for none. It is
 * empty where the section has but a secret: that is as hard to get back.
 */
export function longTermKeyLost(section: IniSection, changes: SectionChanges): string | undefined {
  const isLost = ["aws_access_key_id", "aws_secret_access_key"].some((key) => {
    const value = valueIn(section, key);
    return value !== "" && changes.has(key) && changes.get(key) !== value;
  });
  return isLost ? keptKeyIn(section) : undefined;
}

function keptKeyIn(section: IniSection): string | undefined {
  const id = valueIn(section, "aws_access_key_id");
  const isTemporary =
    valueIn(section, "aws_session_token") !== "" || valueIn(section, "aws_security_token") !== "";
  return isTemporary || id.startsWith("ASIA") ? undefined : id;
}

function valueIn({ entries }: IniSection, key: string): string {
  return entries.get(key)?.value ?? "";
}
