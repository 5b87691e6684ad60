import { accountOfArn } from "./iam-arn.ts";
import { sessionKey } from "./identity.ts";
import type { MfaSessionRequest, Renewal } from "./mfa-session-request.ts";
import type { Profile } from "./profile.ts";
import { roleFields, type RoleParameters } from "./role-parameters.ts";
import type { StoredRole } from "./stored-role.ts";

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
  /** Whether `duration_seconds` asks for more than AWS gives to the roles of a chain. */
  readonly capped: boolean;
  readonly renewal?: Pick<Renewal, "instead">;
}

/**
 * The longest that a role can be assumed for with session credentials, in seconds: AWS counts those of
 * GetSessionToken as chained, too.
 */
export const mostChainedSeconds = 3600;

/** Whether the code goes into AssumeRole itself: with a session the role could not last as asked. */
export function takesCode(request: SessionRequest): boolean {
  return request.kind === "mfa" || request.role.seconds > mostChainedSeconds;
}

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

/** What AssumeRole is asked for along the chain, the asked-for role first. */
function assumedBy(request: SessionRequest): readonly unknown[] {
  return rolesOf(request).map(({ role }) => roleFields(role));
}

/** What a session file tells of the role; undefined for a session of the user. */
export function storedRole(request: SessionRequest): StoredRole | undefined {
  if (request.kind === "mfa") return undefined;
  const names = [...rolesOf(request), mfaRequestOf(request)].map(({ profile }) => profile?.name);
  const sources = takesCode(request) ? [] : names.slice(1).filter((name) => name !== undefined);
  return { arn: request.role.arn, assumed: assumedBy(request), sources };
}

/** A text that differs wherever another session is meant. */
export function requestKey(request: SessionRequest): string {
  return sessionKey(mfaRequestOf(request).identity, assumedBy(request));
}
