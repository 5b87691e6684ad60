import type { Profile, ProfileFiles } from "../aws-files/profile.ts";
import { configurationError } from "../errors.ts";
import { noLongTermKeys } from "../plan/plain-session.ts";
import { printableName } from "../printable.ts";
import { baseKeys, type BaseKeys } from "../request/mfa-session-request.ts";

/** The profile that holds an IAM user's keys. Throws 253 where there is none of this name. */
export function longTermProfile(files: ProfileFiles, name: string): Profile {
  const profile = files.find(name);
  if (profile !== undefined) return profile;
  throw configurationError(
    "NoLongTermSection",
    `there is no section [${printableName(name)}] with the long-term keys.`,
    { hint: "awsmfa refresh --setup asks for them. --long-term-suffix names another section." },
  );
}

/** What its sessions are asked for with. Throws 253 where that is nothing. */
export function longTermBase(profile: Profile): BaseKeys {
  const base = baseKeys(profile);
  if (base === undefined) throw noLongTermKeys(`profile ${printableName(profile.name)}`);
  return base;
}

/** That nobody says which device the code is of. */
export function noDeviceError(name: string): Error {
  return configurationError("NoDevice", "nothing says which MFA device to ask for.", {
    hint:
      `Put mfa_serial (or aws_mfa_device) into [${printableName(name)}], set MFA_DEVICE, or pass\n` +
      "  --device arn:aws:iam::123456789012:mfa/name",
  });
}
