import type { Profile } from "../aws-files/profile.ts";
import type { Environment } from "../environment.ts";
import { configurationError, type AwsmfaError } from "../errors.ts";
import { printableName } from "../printable.ts";
import {
  deviceOfEnvironment,
  deviceOfOption,
  deviceOfProfile,
  firstDevice,
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
  const named = [
    deviceOfOption("--device", flag),
    deviceOfEnvironment(env, "MFA_DEVICE"),
    deviceOfProfile(longTerm, "aws_mfa_device"),
    deviceOfEnvironment(env),
    deviceOfProfile(longTerm),
    deviceOfProfile(target),
  ];
  return firstDevice(named, () =>
    noDeviceError(
      `Put mfa_serial (or aws_mfa_device) into [${printableName(longTerm.name)}], set MFA_DEVICE, or pass\n` +
        "  --device arn:aws:iam::123456789012:mfa/name",
    ),
  );
}

/** That nothing names a device for a section. */
export function noDeviceError(hint: string): AwsmfaError {
  return configurationError("NoDevice", "nothing says which MFA device to ask for.", { hint });
}
