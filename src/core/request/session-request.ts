import { accountOfArn } from "./iam-arn.ts";
import { sessionKey } from "./identity.ts";
import type { MfaSessionRequest, TimeLeft, Unfit } from "./mfa-session-request.ts";
import type { Profile } from "../aws-files/profile.ts";
import { assumedRole, type RoleParameters } from "./role-parameters.ts";
import type { StoredRole } from "../session/stored-role.ts";

/** Everything it takes to find a session or to get one. */
export type SessionRequest = MfaSessionRequest | RoleSessionRequest;

/** That of a role, assumed from another session. */
export interface RoleSessionRequest {
  readonly kind: "role";
  /** The role profile. */
  readonly profile: Profile;
  readonly role: RoleParameters;
  /** The session of the user, or of the role that comes before this one in the chain. */
  readonly source: SessionRequest;
  /** Whether the code goes into AssumeRole itself: with a session the role could not last as asked. */
  readonly takesCode: boolean;
  /** Whether the user gets less than `duration_seconds`, for AWS does not give it to roles of a chain. */
  readonly capped: boolean;
  /** What the prompt says it is for, where that is not the profile alone. */
  readonly purpose?: string;
  /** Stored sessions that will not do. */
  readonly unfit?: Unfit;
  /** What a stored session must have left to do. */
  readonly left?: TimeLeft;
}

/**
 * The longest that a role can be assumed for with session credentials, in seconds: AWS counts those of
 * GetSessionToken as chained, too.
 */
export const mostChainedSeconds = 3600;

/** The roles of a request: the asked-for one first, the one that the user assumes last. */
export function rolesOf(request: SessionRequest): readonly RoleSessionRequest[] {
  return request.kind === "mfa" ? [] : [request, ...rolesOf(request.source)];
}

/** The MFA session at the root of a request: its own, or what its roles stand on. */
export function mfaRequestOf(request: SessionRequest): MfaSessionRequest {
  return request.kind === "mfa" ? request : mfaRequestOf(request.source);
}

/** Account of the session; undefined where neither role nor device tell. */
export function accountOf(request: SessionRequest): string | undefined {
  return accountOfArn(request.kind === "mfa" ? request.identity.serial : request.role.arn);
}

/** What a session file tells of the role; undefined for a session of the user. */
export function storedRole(request: SessionRequest): StoredRole | undefined {
  if (request.kind === "mfa") return undefined;
  const before = rolesOf(request.source);
  const names = [...before, mfaRequestOf(request)].map(({ profile }) => profile?.name);
  return {
    assumed: [assumedRole(request.role), ...before.map(({ role }) => assumedRole(role))],
    sources: request.takesCode ? [] : names.filter((name) => name !== undefined),
  };
}

/** A text that differs wherever another session is meant. */
export function requestKey(request: SessionRequest): string {
  const assumed = rolesOf(request).map(({ role }) => assumedRole(role));
  return sessionKey(mfaRequestOf(request).identity, assumed);
}
