import { editCredentials } from "../../../aws/edit-credentials.ts";
import type { InheritedSetting } from "../../../core/aws-files/inherited-settings.ts";
import type { SectionChanges } from "../../../core/aws-files/section-changes.ts";
import type { Context } from "../../../core/context.ts";
import type { Keys } from "../../../core/keys.ts";
import { sessionKeys } from "../../../core/refresh/short-term.ts";
import type { Place } from "./choose-place.ts";

/** What a section is to hold. */
export interface Found {
  readonly keys: Keys;
  /** Of the MFA device. */
  readonly serial: string;
  readonly inherited: readonly InheritedSetting[];
}

/** Writes the section; gives the path of the copy where other keys were replaced. */
export function writeKeys(
  context: Context,
  { sections, present, replacesKeys }: Place,
  { keys, serial, inherited }: Found,
): Promise<string | undefined> {
  const changes: SectionChanges = new Map([
    ["aws_access_key_id", keys.accessKeyId],
    ["aws_secret_access_key", keys.secretAccessKey],
    ["mfa_serial", serial],
    // aws-mfa's own key would beat the standard one.
    ...(present?.entries.has("aws_mfa_device") ? [["aws_mfa_device", serial] as const] : []),
    ...inherited.map(({ key, value }) => [key, value] as const),
    ...sessionKeys.map((key) => [key, undefined] as const),
  ]);
  return editCredentials(context, {
    sections: new Map([[sections.longTerm, changes]]),
    // Others may have come meanwhile.
    overwriteLongTerm: replacesKeys,
    backup: false,
  });
}
