import type { Environment } from "../environment.ts";
import { configurationError } from "../errors.ts";
import { printable } from "../printable.ts";
import { deviceFault, deviceOfEnvironment, type MfaDevice } from "../request/mfa-device.ts";
import { shellWord } from "../shell-word.ts";
import { bracketed } from "../aws-files/section-words.ts";
import type { LaidOutSection } from "./laid-out-sections.ts";
import type { DevicesOfKeys } from "./migration.ts";

/**
 * The device of `--device`, for the sections that lack one: those that were named, or all with the same
 * key. Another user's device, though of the same account, would never be accepted; so it is an error (253)
 * where nothing says whose it is, and where it can be none.
 */
export function devicesOfOption(
  serial: string,
  lacking: readonly LaidOutSection[],
  areNamed: boolean,
): DevicesOfKeys {
  const device: MfaDevice = { serial, setting: "--device", profile: undefined };
  const fault = deviceFault(device);
  if (fault !== undefined) throw fault;
  const keys = keysOf(lacking);
  if (keys.length > 1 && !areNamed) throw ambiguousError(lacking);
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
  return configurationError(
    "UnknownDevice",
    `no MFA device is known for ${bracketed(namesOf(lacking))}: nothing was changed there.`,
    { hint: `Name it: ${exampleFor(lacking)}` },
  );
}

function ambiguousError(lacking: readonly LaidOutSection[]): Error {
  return configurationError(
    "AmbiguousDevice",
    `the keys of ${bracketed(namesOf(lacking))} differ, so that --device may not be right for all.`,
    { hint: `Say for which: ${exampleFor(lacking)}` },
  );
}

function exampleFor([first]: readonly LaidOutSection[]): string {
  return `awsmfa migrate ${shellWord(printable(first?.name ?? ""))} --device <serial>`;
}

function namesOf(sections: readonly LaidOutSection[]): string[] {
  return sections.map(({ name }) => name);
}

function keysOf(sections: readonly LaidOutSection[]): string[] {
  return [...new Set(sections.map(({ accessKeyId }) => accessKeyId))];
}
