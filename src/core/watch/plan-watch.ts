import { inheritedSettings, type InheritedSetting } from "../aws-files/inherited-settings.ts";
import type { Profile, ProfileFiles } from "../aws-files/profile.ts";
import { clockSeconds, requestedSeconds, sessionSeconds, wholeSeconds } from "../duration.ts";
import type { Environment } from "../environment.ts";
import { configurationError } from "../errors.ts";
import { unknownProfileError } from "../plan/plain-session.ts";
import { printableName } from "../printable.ts";
import { noDeviceError } from "../refresh/refresh-device.ts";
import { refuseFaultyNames, usualLongTerm, type SectionNames } from "../refresh/section-names.ts";
import { profileToWrite, userRequest } from "../refresh/user-request.ts";
import {
  deviceOfEnvironment,
  deviceOfOption,
  deviceOfProfile,
  firstDevice,
  type MfaDevice,
} from "../request/mfa-device.ts";
import { baseKeys, type MfaSessionRequest, type TimeLeft } from "../request/mfa-session-request.ts";
import type { WatchOrder } from "./watch-order.ts";

const defaultLeadSeconds = 300;

/** Which section gets which session, and when. */
export interface WatchPlan {
  readonly sections: SectionNames;
  /** A session of the user: programs assume roles with it themselves (`source_profile`). */
  readonly role: undefined;
  /** For how long it is asked for, in seconds. */
  readonly seconds: number;
  /** How many seconds before its end it is renewed. */
  readonly leadSeconds: number;
  readonly request: MfaSessionRequest & { readonly left: TimeLeft };
  /** Region and output, where the section has none. */
  readonly settings: readonly InheritedSetting[];
}

/** Puts the order, variables and files together. Throws 253. */
export function planWatch(
  { profile, target, serial, duration, leadTime }: WatchOrder,
  { env, files }: { env: Environment; files: ProfileFiles },
): WatchPlan {
  const sections = { longTerm: profile, shortTerm: target };
  refuseFaultyNames(sections, {
    check: "Check --profile and --target.",
    tellApart: "Give --target another name.",
  });
  const seconds = duration ? wholeSeconds("--duration", duration, sessionSeconds) : undefined;
  const asked = seconds ?? requestedSeconds(env);
  const leadSeconds = leadTime
    ? wholeSeconds("--refresh-lead-time", leadTime, { least: 0, most: asked - 1 })
    : defaultLeadSeconds;
  const longTerm = profileWithKeys(files, profile);
  const section = profileToWrite(files, sections);
  const device = wantedDevice(serial, env, longTerm, section);
  const request = userRequest(
    { env, files },
    { longTerm, target: section, device, seconds: asked },
  );
  // A stored session serves until it would be renewed; where seconds are said none does that lasts for longer.
  const left = {
    least: leadSeconds + 1,
    most: seconds === undefined ? Infinity : seconds + clockSeconds,
  };
  return {
    sections,
    role: undefined,
    seconds: asked,
    leadSeconds,
    settings: inheritedSettings(files.find(target), longTerm),
    request: { ...request, left, ...(seconds !== undefined && { seconds }) },
  };
}

function profileWithKeys(files: ProfileFiles, name: string): Profile {
  const profile = files.find(name);
  if (profile !== undefined && baseKeys(profile) !== undefined) return profile;
  const other = files.find(usualLongTerm(name));
  // As `awsmfa refresh`, and aws-mfa, lay them out.
  if (other !== undefined && baseKeys(other) !== undefined) {
    throw otherSectionError(name, other.name);
  }
  if (profile === undefined) throw unknownProfileError(name);
  return profile;
}

function otherSectionError(name: string, other: string): Error {
  const [shown, otherShown] = [printableName(name), printableName(other)];
  return configurationError(
    "NoLongTermKeys",
    `profile ${shown} holds no long-term keys: they are in profile ${otherShown}.`,
    { hint: `To keep ${shown} itself fresh: --profile ${otherShown} --target ${shown}` },
  );
}

function wantedDevice(
  serial: string | undefined,
  env: Environment,
  longTerm: Profile,
  target: Profile,
): MfaDevice {
  const named = [
    deviceOfOption("--mfa-serial-number", serial),
    deviceOfEnvironment(env),
    deviceOfProfile(longTerm),
    deviceOfProfile(longTerm, "aws_mfa_device"),
    deviceOfProfile(target),
  ];
  return firstDevice(named, () =>
    noDeviceError(
      `Put mfa_serial into profile ${printableName(longTerm.name)}, or pass\n` +
        "  --mfa-serial-number arn:aws:iam::123456789012:mfa/name",
    ),
  );
}
