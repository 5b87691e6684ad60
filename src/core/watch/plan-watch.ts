import { inheritedSettings, type InheritedSetting } from "../aws-files/inherited-settings.ts";
import type { Profile, ProfileFiles } from "../aws-files/profile.ts";
import { clockSeconds, requestedSeconds, sessionSeconds, wholeSeconds } from "../duration.ts";
import type { Environment } from "../environment.ts";
import { printableName } from "../printable.ts";
import { noDeviceError } from "../refresh/refresh-device.ts";
import { refuseFaultyNames, type SectionNames } from "../refresh/section-names.ts";
import { anew, profileToWrite, refuseSupplied, userRequest } from "../refresh/user-request.ts";
import {
  deviceOfEnvironment,
  deviceOfOption,
  deviceOfProfile,
  firstDevice,
  type MfaDevice,
} from "../request/mfa-device.ts";
import type { MfaSessionRequest, TimeLeft } from "../request/mfa-session-request.ts";
import { profileWithKeys } from "./profile-with-keys.ts";
import type { WatchOrder } from "./watch-order.ts";

const defaultLeadSeconds = 300;

/** Which section gets which session, and when. */
export interface WatchPlan {
  readonly sections: SectionNames;
  /** For how long it is asked for, in seconds. */
  readonly seconds: number;
  /** How many seconds before its end it is renewed. */
  readonly leadSeconds: number;
  /** For a session of the user: programs assume roles with it themselves (`source_profile`). */
  readonly request: MfaSessionRequest & { readonly left: TimeLeft };
  /** Those of `inheritedSettings` that the section lacks. */
  readonly settings: readonly InheritedSetting[];
}

/** What it is decided from. */
interface WatchSurroundings {
  readonly env: Environment;
  readonly files: ProfileFiles;
  /** No session will do that was there by then. */
  readonly since?: Date | undefined;
}

/** Puts the order, variables and files together. Throws 253. */
export function planWatch(order: WatchOrder, { env, files, since }: WatchSurroundings): WatchPlan {
  const { profile, target, serial } = order;
  const sections = { longTerm: profile, shortTerm: target };
  refuseFaultyNames(sections, {
    check: "Check --profile and --target.",
    tellApart: "Give --target another name.",
  });
  const { said, seconds, leadSeconds } = secondsOf(order, env);
  const longTerm = profileWithKeys(files, profile);
  const section = profileToWrite(files, sections);
  refuseSupplied(section, "--target");
  const device = watchedDevice(serial, env, longTerm, section);
  const request = userRequest({ env, files }, { longTerm, target: section, device, seconds });
  // A stored session serves until it would be renewed; where seconds are said none does that lasts for longer.
  const left = {
    least: leadSeconds + 1,
    most: said === undefined ? Infinity : said + clockSeconds,
  };
  return {
    sections,
    seconds,
    leadSeconds,
    settings: inheritedSettings(files.find(target), longTerm),
    request: { ...request, left, ...(said && { seconds: said }), ...(since && anew(since)) },
  };
}

/** How long a session is to last: what is said of that, what is asked for, and when that is renewed. */
function secondsOf(
  { duration, leadTime }: WatchOrder,
  env: Environment,
): { said: number | undefined; seconds: number; leadSeconds: number } {
  const said = duration ? wholeSeconds("--duration", duration, sessionSeconds) : undefined;
  const seconds = said ?? requestedSeconds(env);
  const leadSeconds = leadTime
    ? wholeSeconds("--refresh-lead-time", leadTime, { least: 0, most: seconds - 1 })
    : defaultLeadSeconds;
  return { said, seconds, leadSeconds };
}

function watchedDevice(
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
