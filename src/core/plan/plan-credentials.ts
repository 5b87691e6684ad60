import { activeProfile } from "./active-profile.ts";
import { environmentKeys } from "./environment-keys.ts";
import { variable, type Environment } from "../environment.ts";
import { passThrough, planProfile, planSession } from "./plan-profile.ts";
import { deviceOfEnvironment } from "../request/mfa-device.ts";
import { mfaSessionRequest } from "../request/mfa-session-request.ts";
import type { Plan } from "./plan.ts";
import type { Profile, ProfileFiles } from "../aws-files/profile.ts";
import { assumesRole } from "./role-chain.ts";
import { sameBase, type Identity } from "../request/identity.ts";
import { mfaRequestOf, type SessionRequest } from "../request/session-request.ts";
import type { StoredRole } from "../session/stored-role.ts";

/** A session of ours that the environment holds: some shell was given it by `exports`. */
export interface ExportedSession {
  /** The profile it was made for; undefined for keys of the environment. */
  readonly profile: string | undefined;
  /** Near its end, or past it. */
  readonly dying: boolean;
  /** Whom it lets act; undefined where the Ruby gem wrote its file. */
  readonly identity: Identity | undefined;
  readonly role: StoredRole | undefined;
}

/** All that a plan is made from. */
export interface Surroundings {
  readonly env: Environment;
  readonly files: ProfileFiles;
  /** Looks into the store: is this access key id that of a session of ours? */
  readonly exportedSession: (accessKeyId: string) => ExportedSession | undefined;
}

/**
 * Decides what credentials a command needs, whatever command it is. A profile that is named explicitly
 * beats the keys in the environment, as it does for the AWS CLI.
 */
export function planCredentials(surroundings: Surroundings, explicit: string | undefined): Plan {
  const { env, files } = surroundings;
  const active = activeProfile(env, explicit);
  const profile = files.find(active.name);
  if (profile === undefined && active.namedBy !== "nobody") return passThrough("unknown-profile");
  const fromKeys = explicit === undefined ? planEnvironmentKeys(surroundings, profile) : undefined;
  if (fromKeys !== undefined) return fromKeys;
  if (profile === undefined) return passThrough("no-profile");
  if (explicit === undefined && signsInByWebIdentity(env, profile)) {
    return passThrough("web-identity-environment");
  }
  return planProfile(profile, files, env);
}

function planEnvironmentKeys(
  surroundings: Surroundings,
  active: Profile | undefined,
): Plan | undefined {
  const { env, files } = surroundings;
  const keys = environmentKeys(env);
  if (keys.kind === "none") return undefined;
  if (keys.kind === "incomplete") return passThrough("incomplete-environment-keys");
  if (keys.kind === "temporary") return planTemporaryKeys(surroundings, keys.accessKeyId);
  const device = deviceOfEnvironment(env);
  if (device === undefined) return passThrough("environment-keys-without-serial");
  const settings = active === undefined ? [] : [active];
  const request = mfaSessionRequest({ env, files, base: keys, device, settings });
  return planSession(request, "environment-keys");
}

/** A session of ours near its end is made anew from its profile; anything else is used as it is. */
function planTemporaryKeys(
  { env, files, exportedSession }: Surroundings,
  accessKeyId: string,
): Plan {
  const exported = exportedSession(accessKeyId);
  if (exported === undefined) return passThrough("temporary-environment-keys");
  const owner = exported.profile === undefined ? undefined : files.find(exported.profile);
  if (!exported.dying || owner === undefined) return passThrough("exported-session");
  const renewal = planProfile(owner, files, env);
  if (renewal.kind === "pass-through") return passThrough("exported-session");
  if (renewal.kind !== "session") return renewal;
  // The profile's name may mean somebody else by now: other files, another role.
  if (!actsAsSame(exported, renewal.request)) return passThrough("exported-session");
  return { ...renewal, reason: "dying-exported-session" };
}

/** Of a user the keys may have been rotated, or the device renamed, but hardly both. */
function actsAsSame({ identity, role }: ExportedSession, request: SessionRequest): boolean {
  if (identity === undefined) return request.kind === "mfa";
  const present = mfaRequestOf(request).identity;
  const isSameUser = identity.serial === present.serial || sameBase(identity.base, present.base);
  const arn = request.kind === "role" ? request.role.arn : undefined;
  return isSameUser && role?.assumed[0].role_arn === arn;
}

/** botocore asks these variables after roles and before keys, where no `--profile` is given. */
function signsInByWebIdentity(env: Environment, profile: Profile): boolean {
  return variable(env, "AWS_WEB_IDENTITY_TOKEN_FILE") !== undefined && !assumesRole(profile);
}
