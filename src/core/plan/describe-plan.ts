import { deviceName } from "../request/mfa-device.ts";
import type { PassThrough, PassThroughReason, Plan, SessionPlan } from "./plan.ts";
import { lastFour, printable, printableName } from "../printable.ts";
import { mfaRequestOf, rolesOf, type SessionRequest } from "../request/session-request.ts";
import { servicePlace } from "../service/service-target.ts";

const reasons: Record<PassThroughReason, string> = {
  "local-command": "this command makes no signed request",
  "malformed-options": "an option lacks its value",
  unsigned: "--no-sign-request",
  "needs-long-term-keys": "AWS refuses this operation with session credentials",
  "unknown-profile": "there is no such profile",
  "exported-session": "the environment holds a session that awsmfa exported",
  "temporary-environment-keys": "the environment holds temporary credentials",
  "environment-keys-without-serial": "the environment holds keys, and AWS_MFA_SERIAL is not set",
  "incomplete-environment-keys": "AWS_ACCESS_KEY_ID without AWS_SECRET_ACCESS_KEY",
  "web-identity-environment": "AWS_WEB_IDENTITY_TOKEN_FILE is set, and aws signs in with it",
  "signs-in-otherwise": "the profile signs in by SSO, login, web identity or credential_source",
  "role-without-source":
    "its source_profile is missing or names no profile, or credential_source stands there",
  "role-without-keys": "the role's last source_profile has no long-term keys",
  "role-without-serial": "no mfa_serial in the role profile, nor in any source_profile of it",
  "temporary-keys": "the profile's keys are temporary",
  "no-profile": "no profile is named, and there is none called default",
  "no-keys": "the profile has no access keys",
  "incomplete-keys": "the profile has an access key id without a secret",
  "no-serial": "the profile has no mfa_serial",
};

/** Why a command needs nothing of us. */
export function whyPassThrough({ reason, about }: PassThrough): string {
  const whose = about === undefined ? "" : ` (profile ${printableName(about)})`;
  return reasons[reason] + whose;
}

/** One line for `AWS_MFA_DEBUG=1`: the plan and why, without secrets. */
export function describePlan(plan: Plan): string {
  switch (plan.kind) {
    case "pass-through":
      return `plan: pass through: ${whyPassThrough(plan)}`;
    case "refusal":
      return `plan: refuse: ${plan.error.code}`;
    case "session":
      return `plan: ${describeRequest(plan.request)}${whyNow(plan)}`;
  }
}

function whyNow({ reason }: SessionPlan): string {
  return reason === "dying-exported-session" ? " (that of the environment is near its end)" : "";
}

/** Whose session it is: roles, then profile, device, key (last four) and where STS is asked. */
export function describeRequest(request: SessionRequest): string {
  const { profile, identity, base, sts } = mfaRequestOf(request);
  const owner = profile === undefined ? "environment keys" : `profile ${printable(profile.name)}`;
  const key = base.kind === "process" ? "credential_process" : `key ${lastFour(base.accessKeyId)}`;
  const device = deviceName(identity.serial);
  const root = `${owner}, device ${device}, ${key}, STS ${servicePlace(sts)}`;
  const roles = rolesOf(request).map(
    (role) => `role session of profile ${printable(role.profile.name)}`,
  );
  const hasOwnCode = request.kind === "role" && request.takesCode;
  const way = hasOwnCode
    ? "a code of its own (it is to last for over an hour) for"
    : "MFA session for";
  return [...roles, `${way} ${root}`].join(" from ");
}
