import type { Profile } from "../aws-files/profile.ts";
import type { Environment } from "../environment.ts";
import { configurationError } from "../errors.ts";
import { printableName } from "../printable.ts";
import {
  deviceFault,
  deviceOfEnvironment,
  deviceOfProfile,
  type MfaDevice,
} from "../request/mfa-device.ts";

/**
 * The device by flag, variable or file, aws-mfa's own settings before those of the AWS CLI. Throws 253 where
 * none says one, or one that cannot be.
 */
export function wantedDevice(
  flag: string | undefined,
  env: Environment,
  longTerm: Profile,
  target: Profile,
): MfaDevice {
  const device =
    (flag ? { serial: flag, setting: "--device", profile: undefined } : undefined) ??
    deviceOfEnvironment(env, "MFA_DEVICE") ??
    deviceOfProfile(longTerm, "aws_mfa_device") ??
    deviceOfEnvironment(env) ??
    deviceOfProfile(longTerm) ??
    deviceOfProfile(target);
  if (device === undefined) throw noDeviceError(longTerm.name);
  const fault = deviceFault(device);
  if (fault !== undefined) throw fault;
  return device;
}

function noDeviceError(section: string): Error {
  return configurationError("NoDevice", "nothing says which MFA device to ask for.", {
    hint:
      `Put mfa_serial (or aws_mfa_device) into [${printableName(section)}], set MFA_DEVICE, or pass\n` +
      "  --device arn:aws:iam::123456789012:mfa/name",
  });
}
