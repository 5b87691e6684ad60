import type { Context } from "../core/context.ts";
import { mfaRequestOf, type SessionRequest } from "../core/request/session-request.ts";
import type { FoundSession } from "../core/session/session.ts";
import { canAsk } from "./code-question.ts";
import { findSession, findSharedSession } from "./store.ts";

/**
 * The same request, for which no stored session will do that is to end much earlier than asked, or later
 * than somebody said in so many seconds. Where nobody can be asked for a code, an earlier end is better
 * than none.
 */
export function lastingAsAsked(
  context: Context,
  request: SessionRequest,
  seconds: number,
): SessionRequest {
  // A role of a session is assumed anew whenever that is due: no code is needed for it.
  if (request.kind === "role" && !request.takesCode) return request;
  const stored = findSession(context, request) ?? findSharedSession(context, request);
  if (stored === undefined || lasts(context, request, stored, seconds)) return request;
  // An older one may last for longer: it is this one alone that will not do.
  const { keys, until } = request.unfit ?? { keys: [], until: new Date(0) };
  const unfit = { keys: [...keys, stored.accessKeyId], until };
  return lastingAsAsked(context, { ...request, unfit }, seconds);
}

function lasts(
  context: Context,
  request: SessionRequest,
  { expiration }: FoundSession,
  seconds: number,
): boolean {
  const left = (expiration.getTime() - context.now().getTime()) / 1000;
  if (left > seconds) return mfaRequestOf(request).seconds === undefined;
  return left >= seconds / 2 || !canAsk(context, request);
}
