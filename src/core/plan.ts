import type { AwsmfaError } from "./errors.ts";
import type { Profile } from "./profile.ts";
import type { SessionRequest } from "./session-request.ts";

/** What this invocation needs, and why. */
export type Plan = PassThrough | MfaSessionPlan | RoleSessionPlan | Refusal;

/** Run the real `aws` as if we were not there. */
export interface PassThrough {
  readonly kind: "pass-through";
  readonly reason: PassThroughReason;
}

/** Run `aws` with an MFA session. */
export interface MfaSessionPlan extends SessionRequest {
  readonly kind: "mfa-session";
  readonly reason: "environment-keys" | "profile" | "dying-exported-session";
}

/** Run `aws` with a role assumed from an MFA session. */
export interface RoleSessionPlan {
  readonly kind: "role-session";
  /** The asked-for role profile first. */
  readonly roles: readonly Profile[];
  /** The MFA session of the root of the chain. */
  readonly source: SessionRequest;
}

/** Nothing can be run until the user mends something. */
export interface Refusal {
  readonly kind: "refusal";
  readonly error: AwsmfaError;
}

export type PassThroughReason =
  | "local-command"
  | "malformed-options"
  | "unsigned"
  | "needs-long-term-keys"
  | "unknown-profile"
  | "exported-session"
  | "temporary-environment-keys"
  | "environment-keys-without-serial"
  | "incomplete-environment-keys"
  | "web-identity-environment"
  | "signs-in-otherwise"
  | "role-without-mfa"
  | "temporary-keys"
  | "no-profile"
  | "no-keys"
  | "incomplete-keys"
  | "no-serial";
