import type { Context } from "../core/context.ts";
import type { Renewal } from "../core/mfa-session-request.ts";
import { printable } from "../core/printable.ts";
import type { RoleSessionRequest } from "../core/session-request.ts";
import type { StsRejection } from "../core/sts-failure.ts";
import { forgetSession } from "./forget.ts";
import { canAsk } from "./obtain-with-code.ts";
import type { FoundSession } from "./store.ts";

/** A code that was given this short a while ago is recent enough for every trust policy, in milliseconds. */
const recentMs = 300_000;

/**
 * What to do about a stored session with which a role was not assumed: undefined where another one would
 * fare no better. One that AWS accepts no more is dropped.
 */
export function renewalOf(
  context: Context,
  { source, profile }: RoleSessionRequest,
  stored: FoundSession,
  { code }: StsRejection,
): Renewal | undefined {
  const instead = stored.accessKeyId;
  if (isDead(code)) {
    forgetSession(context, instead);
    const owner = printable(source.profile?.name ?? "");
    const because = `AWS no longer accepts the stored session of profile ${owner} (${code}): a new one is needed.`;
    return { instead, because };
  }
  const obtained = stored.issued ?? stored.modified;
  const age = context.now().getTime() - obtained.getTime();
  // A trust policy may limit aws:MultiFactorAuthAge, or the role's sessions have been revoked: the refusal
  // does not tell.
  if (code !== "AccessDenied" || age < recentMs) return undefined;
  if (source.kind === "mfa" && !canAsk(context, source)) return undefined;
  const because = `AWS refuses the role of profile ${printable(profile.name)} to the stored MFA session (${code}): it may want a more recent code.`;
  return { instead, because };
}

function isDead(code: string): boolean {
  return /^(InvalidClientTokenId|UnrecognizedClientException|ExpiredToken|ExpiredTokenException)$/.test(
    code,
  );
}
