import { parseIni, type IniDocument } from "../aws-files/ini.ts";
import { profileFiles, type ProfileFiles } from "../aws-files/profile.ts";
import { signsInOtherwise } from "../plan/plan-profile.ts";
import { assumesRole } from "../plan/role-chain.ts";

/** Both AWS files. */
export interface BothFiles {
  readonly config: IniDocument;
  readonly credentials: IniDocument;
}

/**
 * The variables of the files in which the profile `default` has credentials of its own: SDKs prefer those to an
 * endpoint, where no profile is named.
 */
export function shadowingFiles({ config, credentials }: BothFiles): string[] {
  const each = {
    AWS_CONFIG_FILE: profileFiles(config, none),
    AWS_SHARED_CREDENTIALS_FILE: profileFiles(none, credentials),
  };
  return Object.entries(each)
    .filter(([, files]) => hasCredentials(files))
    .map(([variable]) => variable);
}

const none = parseIni("");

function hasCredentials(files: ProfileFiles): boolean {
  const profile = files.find("default");
  if (profile === undefined) return false;
  return profile.keys.kind !== "none" || assumesRole(profile) || signsInOtherwise(profile);
}
