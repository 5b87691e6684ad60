import { identityOf, type Caller } from "./caller.ts";
import { partitionOfArn } from "./partition.ts";
import type { SandboxRole } from "./world.ts";

/** What a caller shows to the trust policy of a role. */
export interface Presented {
  readonly caller: Caller;
  /** Milliseconds since the caller proved MFA, undefined without MFA. */
  readonly mfaAge: number | undefined;
  readonly externalId: string | undefined;
}

/** Whether the trust policy of the role lets the caller in. */
export function isTrusted(role: SandboxRole, presented: Presented): boolean {
  const { caller, mfaAge, externalId } = presented;
  const mfaNeeded = role.mfa || role.maxMfaAge !== Infinity;
  if (mfaNeeded && mfaAge === undefined) return false;
  if ((mfaAge ?? 0) >= role.maxMfaAge * 1000) return false;
  if (role.externalId !== undefined && role.externalId !== externalId) return false;
  return role.principals.some((principal) => namesOf(caller).has(principal));
}

/** Every way in which a policy may name the caller as a principal. */
function namesOf(caller: Caller): Set<string> {
  const { Arn, Account } = identityOf(caller);
  const own = caller.kind === "role-session" ? caller.role.arn : caller.user.arn;
  return new Set([Account, `arn:${partitionOfArn(Arn)}:iam::${Account}:root`, own, Arn]);
}
