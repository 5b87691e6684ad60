import type { Environment } from "../environment.ts";
import { configurationError } from "../errors.ts";
import { deviceFault, deviceOfEnvironment, type MfaDevice } from "../request/mfa-device.ts";
import type { LaidOutSection } from "./laid-out-sections.ts";
import type { DevicesOfKeys } from "./migration.ts";
import { bracketed, quoted } from "./section-words.ts";

/**
 * The device of `--device`, for the one user whose keys lack one; another user's, though of the same
 * account, would never be accepted. Throws 253 where it can be none, and where it could be of several.
 */
export function devicesOfOption(serial: string, lacking: readonly LaidOutSection[]): DevicesOfKeys {
  const device: MfaDevice = { serial, setting: "--device", profile: undefined };
  const fault = deviceFault(device);
  if (fault !== undefined) throw fault;
  const keys = keysOf(lacking);
  if (keys.length > 1) throw ambiguousError(lacking);
  return new Map(keys.map((key) => [key, device]));
}

/** The device of aws-mfa's own variable, where it can be meant for one user's keys alone. */
export function devicesOfVariable(
  env: Environment,
  lacking: readonly LaidOutSection[],
): DevicesOfKeys {
  const device = deviceOfEnvironment(env, "MFA_DEVICE");
  const keys = keysOf(lacking.filter(({ tool }) => tool === "aws-mfa"));
  const fits = device !== undefined && deviceFault(device) === undefined && keys.length === 1;
  return new Map(fits ? keys.map((key) => [key, device]) : []);
}

/** No device is known for these sections, and nobody could be asked. */
export function unknownDeviceError(lacking: readonly LaidOutSection[]): Error {
  const [first] = lacking;
  return configurationError(
    "UnknownDevice",
    `no MFA device is known for ${bracketed(lacking)}: nothing was changed there.`,
    { hint: `Name it: awsmfa migrate ${quoted(first?.name ?? "")} --device <serial>` },
  );
}

function ambiguousError(lacking: readonly LaidOutSection[]): Error {
  return configurationError(
    "AmbiguousDevice",
    `--device names one device, and the keys of ${bracketed(lacking)} are of several users.`,
    { hint: `Say for which: awsmfa migrate ${quoted(lacking[0]?.name ?? "")} --device <serial>` },
  );
}

function keysOf(sections: readonly LaidOutSection[]): string[] {
  return [...new Set(sections.map(({ accessKeyId }) => accessKeyId))];
}
