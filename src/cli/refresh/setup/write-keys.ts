import { editCredentials } from "../../../aws/files/credentials.ts";
import {
  refuseChangedSections,
  refuseLostSection,
} from "../../../core/aws-files/changed-section.ts";
import type { InheritedSetting } from "../../../core/aws-files/inherited-settings.ts";
import type { SectionChanges } from "../../../core/aws-files/section-changes.ts";
import type { Context } from "../../../core/context.ts";
import type { Keys } from "../../../core/keys.ts";
import { sessionKeys } from "../../../core/refresh/short-term.ts";
import { credentialsPath } from "../../../system/paths.ts";
import type { Place } from "./choose-place.ts";

/** What a section is to hold. */
export interface Found {
  readonly keys: Keys;
  /** Of the MFA device. */
  readonly serial: string;
  readonly inherited: readonly InheritedSetting[];
  /** Whether the profile has an `aws_mfa_device`, in whichever file. */
  readonly namesDevice: boolean;
}

/** Writes the section; gives the path of the copy where other keys were replaced. */
export function writeKeys(
  context: Context,
  { sections, document, replacesKeys }: Place,
  { keys, serial, inherited, namesDevice }: Found,
): Promise<string | undefined> {
  const changes: SectionChanges = new Map([
    ["aws_access_key_id", keys.accessKeyId],
    ["aws_secret_access_key", keys.secretAccessKey],
    ["mfa_serial", serial],
    // aws-mfa's own key would beat the standard one.
    ...(namesDevice ? [["aws_mfa_device", serial] as const] : []),
    ...inherited.map(({ key, value }) => [key, value] as const),
    ...sessionKeys.map((key) => [key, undefined] as const),
  ]);
  const path = credentialsPath(context.env);
  return editCredentials(context, {
    edits(now) {
      // Others may have come meanwhile.
      refuseChangedSections(path, [sections.longTerm], document, now);
      for (const name of document.sections.keys()) refuseLostSection(path, name, document, now);
      return new Map([[sections.longTerm, changes]]);
    },
    overwriteLongTerm: replacesKeys,
    backup: false,
  });
}
