import type { AwsmfaError } from "../errors.ts";
import type { SessionRequest } from "../request/session-request.ts";

/** What this invocation needs, and why. */
export type Plan = PassThrough | SessionPlan | Refusal;

/** Run the real `aws` as if we were not there. */
export interface PassThrough {
  readonly kind: "pass-through";
  readonly reason: PassThroughReason;
  /** The profile of a role's chain that is the reason. */
  readonly about?: string | undefined;
}

/** Run `aws` with a session of the user, or with one of a role assumed from it. */
export interface SessionPlan {
  readonly kind: "session";
  readonly reason: "environment-keys" | "profile" | "dying-exported-session";
  readonly request: SessionRequest;
}

/** Nothing can be run until the user mends something. */
export interface Refusal {
  readonly kind: "refusal";
  readonly error: AwsmfaError;
}

/** Whether there is no profile of the name that was given. */
export function isUnknownProfile(plan: Plan): boolean {
  return plan.kind === "pass-through" && plan.reason === "unknown-profile";
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
  | "role-without-source"
  | "role-without-keys"
  | "role-without-serial"
  | "temporary-keys"
  | "no-profile"
  | "no-keys"
  | "incomplete-keys"
  | "no-serial";
