import { variable, type Environment } from "../environment.ts";
import type { MfaSessionRequest } from "./mfa-session-request.ts";
import type { Profile } from "../aws-files/profile.ts";
import {
  roleParameters,
  roleSeconds,
  sessionNameOf,
  type SessionNames,
} from "./role-parameters.ts";
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
  const names = { chosen: undefined, fallback: sessionNameOf(root.identity.serial) };
  const chosen = variable(env, "AWS_ROLE_SESSION_NAME");
  if (before.length === 0) return assumedByUser(asked, root, { ...names, chosen });
  const source = before.reduceRight<SessionRequest>(
    (from, profile) => ({ ...assumedInChain(profile, from, names), capped: false }),
    root,
  );
  return assumedInChain(asked, source, { ...names, chosen });
}

function assumedByUser(
  profile: Profile,
  source: MfaSessionRequest,
  names: SessionNames,
): RoleSessionRequest {
  const role = roleParameters(profile, names);
  const takesCode = role.seconds > mostChainedSeconds;
  return { kind: "role", profile, role, source, takesCode, capped: false };
}

function assumedInChain(
  profile: Profile,
  source: SessionRequest,
  names: SessionNames,
): RoleSessionRequest {
  const role = roleParameters(profile, names);
  // What is more than any role can have is refused, as it is elsewhere.
  const capped = role.seconds > mostChainedSeconds && role.seconds <= roleSeconds.most;
  const seconds = capped ? mostChainedSeconds : role.seconds;
  return { kind: "role", profile, role: { ...role, seconds }, source, takesCode: false, capped };
}
