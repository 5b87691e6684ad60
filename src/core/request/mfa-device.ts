import { configurationError, type AwsmfaError } from "../errors.ts";
import { variable, type Environment } from "../environment.ts";
import { printable, printableName } from "../printable.ts";
import type { Profile } from "../aws-files/profile.ts";

/** Length and characters of `SerialNumber` in STS (API reference, GetSessionToken). */
const serialPattern = /^[\w+=/:,.@-]{9,256}$/;

/** The name people know a device by: what follows `mfa/` in its ARN, or the hardware serial. */
export function deviceName(serial: string): string {
  return printable(/:mfa\/(.+)$/.exec(serial)?.[1] ?? serial);
}

/** A serial, and who says it. */
export interface MfaDevice {
  readonly serial: string;
  /** The option, variable or key of a profile that says it. */
  readonly setting: string;
  /** The profile that says it; undefined for options and variables. */
  readonly profile: string | undefined;
}

/** What says the serial, for messages: `AWS_MFA_SERIAL` or `mfa_serial of profile dev`. */
export function settingOf({ setting, profile }: MfaDevice): string {
  return profile === undefined ? setting : `${setting} of profile ${printableName(profile)}`;
}

/** The device that a variable names: by default `AWS_MFA_SERIAL`. */
export function deviceOfEnvironment(
  env: Environment,
  setting = "AWS_MFA_SERIAL",
): MfaDevice | undefined {
  const serial = variable(env, setting);
  return serial === undefined ? undefined : { serial, setting, profile: undefined };
}

/** The device that a profile names by this key, unless that is empty. */
export function deviceOfProfile(profile: Profile, setting = "mfa_serial"): MfaDevice | undefined {
  const serial = profile.setting(setting);
  return serial ? { serial, setting, profile: profile.name } : undefined;
}

/** The first device that somebody names. Throws 253 for one that cannot be, and `nothing` where nobody does. */
export function firstDevice(
  named: readonly (MfaDevice | undefined)[],
  nothing: () => AwsmfaError,
): MfaDevice {
  const device = named.find((one) => one !== undefined);
  if (device === undefined) throw nothing();
  const fault = deviceFault(device);
  if (fault !== undefined) throw fault;
  return device;
}

/** The device that an option names, unless that is empty. */
export function deviceOfOption(setting: string, serial: string | undefined): MfaDevice | undefined {
  return serial ? { serial, setting, profile: undefined } : undefined;
}

/** Why this device can never work with STS, told before anybody is asked for a code. */
export function deviceFault(device: MfaDevice): AwsmfaError | undefined {
  const { serial } = device;
  if (/:u2f\//.test(serial)) {
    return configurationError(
      "PasskeyDevice",
      `${settingOf(device)} is ${printable(serial)}: a passkey or security key, and the AWS API cannot use those.`,
      { hint: "Register an authenticator app (TOTP) as a second device, or use `aws login`." },
    );
  }
  if (!serialPattern.test(serial)) {
    return configurationError(
      "InvalidSerial",
      `${settingOf(device)} is "${printable(serial)}", which is not the serial of an MFA device.`,
      { hint: "It looks like arn:aws:iam::123456789012:mfa/name, or like GAHT12345678." },
    );
  }
  return undefined;
}
