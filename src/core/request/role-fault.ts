import { configurationError, type AwsmfaError } from "../errors.ts";
import { printable, printableName } from "../printable.ts";
import type { Profile } from "../aws-files/profile.ts";
import { roleSeconds, type RoleParameters } from "./role-parameters.ts";

// Lengths, characters and bounds of the parameters of AssumeRole (STS API reference).
const arnPattern = /^(?=.{20,2048}$)arn:[\w-]+:iam::\d{12}:role\/\S+$/;
const namePattern = /^[\w+=,.@-]{2,64}$/;
const externalIdPattern = /^[\w+=,.@:/-]{2,1224}$/;

/** What `role_arn` takes. */
export const roleArnWords = "the ARN of a role, like arn:aws:iam::123456789012:role/name";

/** What `role_session_name` takes. */
export const sessionNameWords = "2 to 64 letters, digits and any of + = , . @ _ -";

/** Why AWS would reject these, told before anybody is asked for a code. */
export function roleFault(profile: Profile, role: RoleParameters): AwsmfaError | undefined {
  const fault = (setting: string, takes: string): AwsmfaError => faultIn(profile, setting, takes);
  if (!isRoleArn(role.arn)) {
    return fault("role_arn", roleArnWords);
  }
  if (!isSessionName(role.sessionName)) return sessionNameFault(profile, role.sessionName);
  if (role.externalId !== undefined && !externalIdPattern.test(role.externalId)) {
    return fault("external_id", "2 to 1224 letters, digits and any of + = , . @ : / _ -");
  }
  const { least, most } = roleSeconds;
  if (!(role.seconds >= least && role.seconds <= most)) {
    return fault("duration_seconds", `whole seconds from ${least} to ${most}`);
  }
  if (role.sourceIdentity !== undefined && !isSessionName(role.sourceIdentity)) {
    return fault("source_identity", sessionNameWords);
  }
  if (!role.tags.every(([key, value]) => isTagKey(key) && isTagText(value, 256))) {
    return fault("session_tags", "a list like team=red,project=x-ray");
  }
  if (!role.transitiveTagKeys.every(isTagKey)) {
    return fault("transitive_session_tags", "keys of session_tags, like team,project");
  }
  return undefined;
}

/** Whether AWS would take this for the ARN of a role. */
export function isRoleArn(text: string): boolean {
  return arnPattern.test(text);
}

/** Whether AWS would take this for the name of a role's session. */
export function isSessionName(text: string): boolean {
  return namePattern.test(text);
}

function isTagKey(text: string): boolean {
  return text !== "" && isTagText(text, 128);
}

/** The pattern stands here and not above: what it takes to build one with `\p` is felt at every start. */
function isTagText(text: string, longest: number): boolean {
  return text.length <= longest && /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u.test(text);
}

function faultIn(profile: Profile, setting: string, takes: string): AwsmfaError {
  // Some take an external id for a secret.
  const value = setting === "external_id" ? "…" : (profile.setting(setting) ?? "");
  return settingError(`${setting} of profile ${printableName(profile.name)}`, value, takes);
}

function sessionNameFault(profile: Profile, name: string): AwsmfaError {
  if (profile.setting("role_session_name") === name) {
    return faultIn(profile, "role_session_name", sessionNameWords);
  }
  return settingError("AWS_ROLE_SESSION_NAME", name, sessionNameWords);
}

/** That a setting of a role, such as `role_arn of profile dev`, has a value that AWS would not take. */
export function settingError(what: string, value: string, takes: string): AwsmfaError {
  const shown = printable(value);
  return configurationError("InvalidRoleSetting", `${what} is "${shown}"; it takes ${takes}.`, {
    hint: "Correct it: AWS would not assume the role.",
  });
}
