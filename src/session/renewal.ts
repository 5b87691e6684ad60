import type { Context } from "../core/context.ts";
import { printable, printableName } from "../core/printable.ts";
import type { Unfit } from "../core/request/mfa-session-request.ts";
import type { RoleSessionRequest } from "../core/request/session-request.ts";
import { obtainedAt, type FoundSession } from "../core/session/session.ts";
import {
  isClockFault,
  isExpired,
  isUnknownKey,
  type Rejection,
} from "../core/service/rejection.ts";
import { canAsk } from "./code-question.ts";

/** A code that was given this short a while ago is recent enough for every trust policy, in milliseconds. */
const recentMs = 300_000;

/** Whether AWS accepts a stored session no more, whatever it is used for. */
export function isDead(rejection: Rejection): boolean {
  const isSpoilt = rejection.code === "SignatureDoesNotMatch" && !isClockFault(rejection);
  return isUnknownKey(rejection) || isExpired(rejection) || isSpoilt;
}

/**
 * Why another session may do what the stored one could not: to assume this role. Undefined where it would
 * fare no better.
 */
export function whyAnother(
  context: Context,
  { source, profile, role }: RoleSessionRequest,
  stored: FoundSession,
  rejection: Rejection,
): string | undefined {
  const { code } = rejection;
  if (isDead(rejection)) {
    const whose =
      source.profile === undefined ? "" : ` of profile ${printableName(source.profile.name)}`;
    return `AWS no longer accepts the stored session${whose} (${code}): a new one is needed.`;
  }
  if (source.kind === "role" || !mayBeTooOld(context, stored, rejection)) return undefined;
  if (!canAsk(context, source)) return undefined;
  const name = `${printable(role.arn)} of profile ${printableName(profile.name)}`;
  return `AWS does not let the stored session assume ${name} (${code}): the role may want a more recent code.`;
}

/** A trust policy may limit aws:MultiFactorAuthAge: the refusal does not tell. */
export function mayBeTooOld({ now }: Context, stored: FoundSession, { code }: Rejection): boolean {
  const age = now().getTime() - obtainedAt(stored).getTime();
  // A negative age is that of a wrong clock.
  return code === "AccessDenied" && !(age >= 0 && age < recentMs);
}

/** A session that will not do, nor any older one, besides those that were found unfit before. */
export function unfitFrom({ now }: Context, found: FoundSession, before?: Unfit): Unfit {
  const obtained = obtainedAt(found);
  // Of one that was stored by a clock that was ahead nobody knows the age.
  const until = obtained > now() ? new Date(0) : obtained;
  return { keys: [...(before?.keys ?? []), found.accessKeyId], until };
}
