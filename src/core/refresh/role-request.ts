import type { Profile } from "../aws-files/profile.ts";
import { variable, type Environment } from "../environment.ts";
import { printableName } from "../printable.ts";
import type { MfaSessionRequest } from "../request/mfa-session-request.ts";
import {
  isRoleArn,
  isSessionName,
  roleArnWords,
  sessionNameWords,
  settingError,
} from "../request/role-fault.ts";
import { sessionNameOf } from "../request/role-parameters.ts";
import { mostChainedSeconds, type RoleSessionRequest } from "../request/session-request.ts";
import { firstSaid } from "./first-said.ts";

/** ARN of the role by flag, variable or file; undefined where none says one. Throws 253 for no ARN. */
export function wantedRole(
  flag: string | undefined,
  env: Environment,
  longTerm: Profile,
): string | undefined {
  const said = firstSaid({
    "--assume-role": flag,
    MFA_ASSUME_ROLE: env["MFA_ASSUME_ROLE"],
    [`assume_role of profile ${printableName(longTerm.name)}`]: longTerm.setting("assume_role"),
  });
  if (said === undefined || isRoleArn(said.value)) return said?.value;
  throw settingError(said.setting, said.value, roleArnWords);
}

/** The name of the role's session: by default that of the user at this computer. Throws 253. */
export function wantedSessionName(
  flag: string | undefined,
  env: Environment,
  fallback: string,
): string {
  const said = firstSaid({
    "--role-session-name": flag,
    AWS_ROLE_SESSION_NAME: variable(env, "AWS_ROLE_SESSION_NAME"),
  });
  if (said === undefined) return sessionNameOf(fallback);
  if (isSessionName(said.value)) return said.value;
  throw settingError(said.setting, said.value, sessionNameWords);
}

/** What AssumeRole is to be asked for. */
export interface RoleWanted {
  readonly arn: string;
  readonly sessionName: string;
  /** 900 to 43200. */
  readonly seconds: number;
}

/**
 * The request for a role's session of the user's own session; where it is to last for longer than AWS
 * allows that, the code is given to AssumeRole itself.
 */
export function roleRequest(
  target: Profile,
  { arn, sessionName, seconds }: RoleWanted,
  source: MfaSessionRequest,
): RoleSessionRequest {
  const nothingElse = {
    externalId: undefined,
    sourceIdentity: undefined,
    tags: [],
    transitiveTagKeys: [],
  };
  return {
    kind: "role",
    profile: target,
    role: { arn, sessionName, seconds, ...nothingElse },
    source,
    takesCode: seconds > mostChainedSeconds,
    capped: false,
    ...(source.purpose !== undefined && { purpose: source.purpose }),
  };
}
