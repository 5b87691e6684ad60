import { deviceName } from "../request/mfa-device.ts";
import type { PassThroughReason, Plan } from "./plan.ts";
import { lastFour, printable } from "../printable.ts";
import { mfaRequestOf, rolesOf, type SessionRequest } from "../request/session-request.ts";
import { stsPlace } from "../sts/sts-target.ts";

/** Why a command needs nothing of us. */
export const whyPassThrough: Record<PassThroughReason, string> = {
  "local-command": "this command makes no signed request",
  "malformed-options": "an option lacks its value, and aws will say so",
  unsigned: "--no-sign-request",
  "needs-long-term-keys": "AWS refuses this operation with session credentials",
  "unknown-profile": "no such profile, and aws will say so",
  "exported-session": "the environment holds a session that awsmfa exported",
  "temporary-environment-keys": "the environment holds temporary credentials",
  "environment-keys-without-serial": "the environment holds keys, and AWS_MFA_SERIAL is not set",
  "incomplete-environment-keys": "AWS_ACCESS_KEY_ID without AWS_SECRET_ACCESS_KEY",
  "web-identity-environment": "AWS_WEB_IDENTITY_TOKEN_FILE is set, and aws signs in with it",
  "signs-in-otherwise": "the profile signs in by SSO, login, web identity or credential_source",
  "role-without-mfa": "a role profile without mfa_serial, or without long-term keys at its root",
  "temporary-keys": "the profile's keys are temporary",
  "no-profile": "no profile is named, and there is none called default",
  "no-keys": "the profile has no access keys",
  "incomplete-keys": "the profile has an access key id without a secret",
  "no-serial": "the profile has no mfa_serial",
};

/** One line for `AWS_MFA_DEBUG=1`: the plan and why, without secrets. */
export function describePlan(plan: Plan): string {
  switch (plan.kind) {
    case "pass-through":
      return `plan: pass through: ${whyPassThrough[plan.reason]}`;
    case "refusal":
      return `plan: refuse: ${plan.error.code}`;
    case "session":
      return `plan: ${describeRequest(plan.request)} (${plan.reason})`;
  }
}

/** Whose session it is: roles, then profile, device, key (last four) and where STS is asked. */
function describeRequest(request: SessionRequest): string {
  const { profile, identity, base, sts } = mfaRequestOf(request);
  const owner = profile === undefined ? "environment keys" : `profile ${printable(profile.name)}`;
  const key = base.kind === "process" ? "credential_process" : `key ${lastFour(base.accessKeyId)}`;
  const device = deviceName(identity.serial);
  const root = `${owner}, device ${device}, ${key}, STS ${stsPlace(sts)}`;
  const roles = rolesOf(request).map(
    (role) => `role session of profile ${printable(role.profile.name)}`,
  );
  const way = request.kind === "role" && request.takesCode ? "a code for" : "MFA session for";
  return [...roles, `${way} ${root}`].join(" from ");
}
