import { variable, type Environment } from "./environment.ts";
import type { MfaSessionRequest } from "./mfa-session-request.ts";
import type { Profile } from "./profile.ts";
import { roleParameters, sessionNameOf } from "./role-parameters.ts";
import {
  mostChainedSeconds,
  type RoleSessionRequest,
  type SessionRequest,
} from "./session-request.ts";

/**
 * The request for the first of these role profiles, the others being those on the way to the session of
 * the user. `AWS_ROLE_SESSION_NAME` names the session of the first one alone.
 */
export function roleSessionRequest(
  [asked, ...before]: readonly [Profile, ...Profile[]],
  root: MfaSessionRequest,
  env: Environment,
): RoleSessionRequest {
  const fallback = sessionNameOf(root.identity.serial);
  const chained = before.length > 0;
  const assumed = (
    source: SessionRequest,
    profile: Profile,
    chosen?: string,
  ): RoleSessionRequest => {
    const role = roleParameters(profile, { chosen, fallback });
    const capped = chained && role.seconds > mostChainedSeconds;
    const seconds = capped ? mostChainedSeconds : role.seconds;
    return { kind: "role", profile, role: { ...role, seconds }, source, capped };
  };
  const source = before.reduceRight<SessionRequest>((from, role) => assumed(from, role), root);
  return assumed(source, asked, variable(env, "AWS_ROLE_SESSION_NAME"));
}
