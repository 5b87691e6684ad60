import { partitionOfArn } from "./partition.ts";
import type { AccessKeyPair } from "./sandbox-options.ts";
import type { SandboxRole, SandboxUser } from "./world.ts";

interface LongTermCaller extends AccessKeyPair {
  readonly kind: "long-term";
  readonly user: SandboxUser;
}

interface TemporaryKeys extends AccessKeyPair {
  readonly sessionToken: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

interface UserSessionCaller extends TemporaryKeys {
  readonly kind: "user-session";
  readonly user: SandboxUser;
  /** When the code was accepted, in milliseconds since 1970. */
  readonly mfaAt: number | undefined;
}

// A role session carries no trace of MFA, even where a code was needed to get it:
// https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_configure-api-require.html
interface RoleSessionCaller extends TemporaryKeys {
  readonly kind: "role-session";
  readonly role: SandboxRole;
  readonly sessionName: string;
}

/** Credentials that callers hold for a limited time. */
export type TemporaryCaller = UserSessionCaller | RoleSessionCaller;

/** Whoever signed a request. */
export type Caller = LongTermCaller | TemporaryCaller;

/** Who the caller is, as GetCallerIdentity says it. */
export function identityOf(caller: Caller): { Arn: string; UserId: string; Account: string } {
  if (caller.kind !== "role-session") {
    const { arn, userId, accountId } = caller.user;
    return { Arn: arn, UserId: userId, Account: accountId };
  }
  const { arn, roleId } = assumedRoleUser(caller.role, caller.sessionName);
  return { Arn: arn, UserId: roleId, Account: caller.role.accountId };
}

/** The ARN and the unique id that AWS gives to a session of a role. */
export function assumedRoleUser(
  role: SandboxRole,
  sessionName: string,
): { arn: string; roleId: string } {
  return {
    arn: `arn:${partitionOfArn(role.arn)}:sts::${role.accountId}:assumed-role/${role.name}/${sessionName}`,
    roleId: `${role.roleId}:${sessionName}`,
  };
}

/** When the caller proved to have its device, in milliseconds since 1970; undefined if it did not. */
export function mfaTimeOf(caller: Caller): number | undefined {
  return caller.kind === "user-session" ? caller.mfaAt : undefined;
}
