import { editCredentials } from "../../../aws/edit-credentials.ts";
import type { SectionChanges } from "../../../core/aws-files/section-changes.ts";
import type { Context } from "../../../core/context.ts";
import type { Keys } from "../../../core/keys.ts";
import { sessionKeys } from "../../../core/refresh/short-term.ts";
import type { Place } from "./choose-place.ts";

/** Writes the section; gives the path of the copy where other keys were replaced. */
export function writeKeys(
  context: Context,
  { sections, present, replacesKeys }: Place,
  { accessKeyId, secretAccessKey }: Keys,
  serial: string,
): Promise<string | undefined> {
  const changes: SectionChanges = new Map([
    ["aws_access_key_id", accessKeyId],
    ["aws_secret_access_key", secretAccessKey],
    ["mfa_serial", serial],
    // aws-mfa's own key would beat the standard one.
    ...(present?.entries.has("aws_mfa_device") ? [["aws_mfa_device", serial] as const] : []),
    ...sessionKeys.map((key) => [key, undefined] as const),
  ]);
  return editCredentials(context, {
    sections: new Map([[sections.longTerm, changes]]),
    // Others may have come meanwhile.
    overwriteLongTerm: replacesKeys,
    backup: false,
  });
}
