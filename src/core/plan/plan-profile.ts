import type { Environment } from "../environment.ts";
import { configurationError, type AwsmfaError } from "../errors.ts";
import { deviceFault, deviceOfEnvironment, deviceOfProfile } from "../request/mfa-device.ts";
import { baseKeys, mfaSessionRequest } from "../request/mfa-session-request.ts";
import type { PassThrough, PassThroughReason, Plan, SessionPlan } from "./plan.ts";
import { printable, printableName } from "../printable.ts";
import { nearest, type Profile, type ProfileFiles } from "../aws-files/profile.ts";
import { assumesRole, roleChain } from "./role-chain.ts";
import { roleFault } from "../request/role-fault.ts";
import { roleSessionRequest } from "../request/role-session-request.ts";
import { mfaRequestOf, rolesOf, type SessionRequest } from "../request/session-request.ts";

/** Decides what a profile's own credentials need. */
export function planProfile(profile: Profile, files: ProfileFiles, env: Environment): Plan {
  if (signsInOtherwise(profile)) return passThrough("signs-in-otherwise");
  if (assumesRole(profile)) return planRole(profile, files, env);
  if (profile.keys.kind === "temporary") return passThrough("temporary-keys");
  const device = deviceOfEnvironment(env) ?? deviceOfProfile(profile);
  const base = baseKeys(profile);
  if (profile.keys.kind === "incomplete") return passThrough("incomplete-keys");
  if (base === undefined) return passThrough("no-keys");
  if (device === undefined) return passThrough("no-serial");
  const request = mfaSessionRequest({ env, files, base, device, profile, settings: [profile] });
  return planSession(request, "profile");
}

function planRole(profile: Profile, files: ProfileFiles, env: Environment): Plan {
  const chain = roleChain(profile, files);
  if (chain.kind === "cycle") return { kind: "refusal", error: cycleError(chain.names) };
  if (chain.kind === "broken") return passThrough("role-without-source", chain.at);
  const { roles, root } = chain;
  const settings = [...roles, root];
  const base = baseKeys(root);
  if (base === undefined || signsInOtherwise(root)) {
    return passThrough("role-without-keys", root.name);
  }
  const device = nearest(settings, (each) => deviceOfProfile(each)) ?? deviceOfEnvironment(env);
  if (device === undefined) return passThrough("role-without-serial", profile.name);
  const source = mfaSessionRequest({ env, files, base, device, profile: root, settings });
  return planSession(roleSessionRequest(roles, source, env), "profile");
}

/** That session, or why there can be none. */
export function planSession(request: SessionRequest, reason: SessionPlan["reason"]): Plan {
  const roles = rolesOf(request);
  const fault =
    deviceFault(mfaRequestOf(request).device) ??
    roles.map(({ profile, role }) => roleFault(profile, role)).find((found) => found !== undefined);
  if (fault !== undefined) return { kind: "refusal", error: fault };
  return { kind: "session", reason, request };
}

const otherSignIns = [
  "sso_session",
  "sso_start_url",
  "sso_account_id",
  "sso_role_name",
  "sso_region",
  "login_session",
  "web_identity_token_file",
  "credential_source",
];

/** Whether the AWS CLI gets this profile's credentials neither from keys nor from a role. */
export function signsInOtherwise(profile: Profile): boolean {
  return otherSignIns.some((key) => profile.setting(key) !== undefined);
}

function cycleError(names: readonly string[]): AwsmfaError {
  const circle = names.map(printable).join(" → ");
  const what =
    names.length > 2
      ? `the profiles ${circle} name each other as source_profile.`
      : `profile ${printableName(names[0] ?? "")} names itself as source_profile, and has no keys.`;
  return configurationError("ProfileCycle", what, {
    hint: "One of them must hold the keys: correct its source_profile in ~/.aws/config.",
  });
}

/** Leaves everything as it is. `about` names the profile of a role's chain that is the reason. */
export function passThrough(reason: PassThroughReason, about?: string): PassThrough {
  return { kind: "pass-through", reason, about };
}
