import type { Context } from "../core/context.ts";
import { clockSeconds } from "../core/duration.ts";
import type { TimeLeft } from "../core/request/mfa-session-request.ts";
import type { SessionRequest } from "../core/request/session-request.ts";
import { canAsk } from "./code-question.ts";
import { isStored } from "./store.ts";

/**
 * The same request, for which no stored session will do that is to end much earlier than asked, or later
 * than somebody said in so many seconds. Where there is no way to another one, an earlier end is better
 * than none.
 */
export function lastingAsAsked(
  context: Context,
  request: SessionRequest,
  seconds: number,
): SessionRequest & { left: TimeLeft } {
  const isSaid = request.kind === "role" || request.seconds !== undefined;
  const left = {
    least: canRenew(context, request) ? seconds / 2 : 0,
    most: isSaid ? seconds + clockSeconds : Infinity,
  };
  return { ...request, left };
}

/** A role of a session that is there is assumed anew without a code. */
function canRenew(context: Context, request: SessionRequest): boolean {
  const takesCode = request.kind === "mfa" || request.takesCode;
  return (!takesCode && isStored(context, request.source)) || canAsk(context, request);
}
