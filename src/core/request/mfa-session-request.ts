import { variable, type Environment } from "../environment.ts";
import type { Identity } from "./identity.ts";
import { deviceOfEnvironment, deviceOfProfile, type MfaDevice } from "./mfa-device.ts";
import { nearest, type Profile, type ProfileFiles } from "../aws-files/profile.ts";
import { endpointIdentity, serviceTarget, type ServiceTarget } from "../service/service-target.ts";

/** Everything it takes to find an MFA session or to ask for one. */
export interface MfaSessionRequest {
  readonly kind: "mfa";
  readonly identity: Identity;
  readonly device: MfaDevice;
  /** The profile that holds the keys; undefined for keys from the environment. */
  readonly profile: Profile | undefined;
  readonly base: BaseKeys;
  readonly sts: ServiceTarget;
  /** For how long it is asked for, in seconds; undefined leaves that to `AWS_MFA_TTL`. */
  readonly seconds?: number;
  /** What the prompt says it is for, where that is not the profile alone. */
  readonly purpose?: string;
  /** A command that prints the code. */
  readonly mfaProcess: string | undefined;
  /** Whether the profile that holds the keys would by itself ask for the same. */
  readonly own: boolean;
  /** Whether a session file without an identity (the Ruby gem writes those) can only be this one's. */
  readonly trustsUnmarkedFile: boolean;
  /** Stored sessions that will not do. */
  readonly unfit?: Unfit;
  /** What a stored session must have left to do. */
  readonly left?: TimeLeft;
}

/** Bounds in seconds, themselves included. */
export interface TimeLeft {
  readonly least: number;
  readonly most: number;
}

/** Sessions that AWS has refused, or that are to be replaced. */
export interface Unfit {
  /** Their access key ids. */
  readonly keys: readonly string[];
  /** Those that were obtained by then would fare no better. */
  readonly until: Date;
  /** What the user is told of it before a code is asked for. */
  readonly because?: string;
}

/** What an MFA session is requested with. */
export type BaseKeys =
  | { readonly kind: "long-term"; readonly accessKeyId: string; readonly secretAccessKey: string }
  | { readonly kind: "process"; readonly command: string };

interface RequestParts {
  env: Environment;
  files: ProfileFiles;
  base: BaseKeys;
  device: MfaDevice;
  /** The profile that holds the keys. */
  profile?: Profile;
  /** The profiles whose region, endpoint and `mfa_process` apply, the nearest first. */
  settings: readonly Profile[];
}

/** Puts the request together: who, where, and how the code is come by. */
export function mfaSessionRequest({
  env,
  files,
  base,
  device,
  profile,
  settings,
}: RequestParts): MfaSessionRequest {
  const { serial } = device;
  const sts = serviceTarget("STS", env, files, settings, serial);
  const endpoint = endpointIdentity(sts);
  const own = profile === undefined || asksFor(profile, { env, files, serial, endpoint });
  return {
    kind: "mfa",
    identity: {
      base: base.kind === "process" ? { process: base.command } : { accessKeyId: base.accessKeyId },
      serial,
      endpoint,
    },
    device,
    profile,
    base,
    sts,
    mfaProcess: variable(env, "AWS_MFA_PROCESS") ?? nearest(settings, mfaProcessOf),
    own,
    trustsUnmarkedFile:
      own &&
      base.kind === "long-term" &&
      profile !== undefined &&
      deviceOfProfile(profile)?.serial === serial &&
      usesDefaults(env),
  };
}

interface Identified {
  env: Environment;
  files: ProfileFiles;
  serial: string;
  endpoint: string;
}

/** One that names no device asks for none: roles may want sessions of several with its keys. */
function asksFor(profile: Profile, { env, files, serial, endpoint }: Identified): boolean {
  const own = deviceOfEnvironment(env) ?? deviceOfProfile(profile);
  if (own?.serial !== serial) return false;
  return endpointIdentity(serviceTarget("STS", env, files, [profile], serial)) === endpoint;
}

/** Default file locations and serials: then a profile's name tells its identity. */
function usesDefaults(env: Environment): boolean {
  const moved = ["AWS_MFA_SERIAL", "AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"];
  return moved.every((name) => variable(env, name) === undefined);
}

/** The profile's keys, where an MFA session can be requested with them. */
export function baseKeys({ keys }: Profile): BaseKeys | undefined {
  return keys.kind === "long-term" || keys.kind === "process" ? keys : undefined;
}

/** `mfa_process`, unless it is empty. */
function mfaProcessOf(profile: Profile): string | undefined {
  return profile.setting("mfa_process") || undefined;
}
