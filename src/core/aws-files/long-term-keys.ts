import type { IniSection } from "./ini.ts";

/**
 * The access key id of an IAM user in a section, which may stand nowhere else; undefined for anything else.
 * Temporary keys come with a token, and their ids begin with `ASIA`
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids).
 */
export function longTermKeyIn({ entries }: IniSection): string | undefined {
  const value = (key: string): string => entries.get(key)?.value ?? "";
  const isTemporary = value("aws_session_token") !== "" || value("aws_security_token") !== "";
  const id = value("aws_access_key_id");
  return id === "" || isTemporary || id.startsWith("ASIA") ? undefined : id;
}
