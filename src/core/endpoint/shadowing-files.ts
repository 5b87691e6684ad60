import type { IniDocument } from "../aws-files/ini.ts";
import { otherSignIns } from "../plan/plan-profile.ts";

/** Both AWS files. */
export interface BothFiles {
  readonly config: IniDocument;
  readonly credentials: IniDocument;
}

/**
 * The variables of the files in which `[default]` has credentials of its own: SDKs prefer those to an endpoint,
 * where no profile is named.
 */
export function shadowingFiles({ config, credentials }: BothFiles): string[] {
  const files = { AWS_CONFIG_FILE: config, AWS_SHARED_CREDENTIALS_FILE: credentials };
  return Object.entries(files)
    .filter(([, document]) => hasCredentials(document))
    .map(([variable]) => variable);
}

const credentialKeys = ["aws_access_key_id", "credential_process", "role_arn", ...otherSignIns];

function hasCredentials({ sections, defaults }: IniDocument): boolean {
  const section = sections.get("default");
  if (section === undefined) return false;
  return credentialKeys.some((key) => section.entries.has(key) || defaults.has(key));
}
