import type { Context } from "../core/context.ts";
import { mfaRequestOf, type SessionRequest } from "../core/request/session-request.ts";
import type { FoundSession } from "../core/session/session.ts";
import { canAsk } from "./code-question.ts";
import { findSession, findSharedSession } from "./store.ts";

/** By a clock that is behind AWS's a session lasts for longer than it was asked for, in seconds. */
const clockSeconds = 300;

/**
 * The same request, for which no stored session will do that is to end much earlier than asked, or later
 * than somebody said in so many seconds. Where there is no way to another one, an earlier end is better
 * than none.
 */
export function lastingAsAsked(
  context: Context,
  request: SessionRequest,
  seconds: number,
): SessionRequest {
  const stored = find(context, request);
  if (stored === undefined || lasts(context, request, stored, seconds)) return request;
  // An older one may last for longer: it is this one alone that will not do.
  const { keys, until } = request.unfit ?? { keys: [], until: new Date(0) };
  const unfit = { keys: [...keys, stored.accessKeyId], until };
  return lastingAsAsked(context, { ...request, unfit }, seconds);
}

function find(context: Context, request: SessionRequest): FoundSession | undefined {
  return findSession(context, request) ?? findSharedSession(context, request);
}

function lasts(
  context: Context,
  request: SessionRequest,
  { expiration }: FoundSession,
  seconds: number,
): boolean {
  const left = (expiration.getTime() - context.now().getTime()) / 1000;
  if (left > seconds + clockSeconds) return mfaRequestOf(request).seconds === undefined;
  return left >= seconds / 2 || !canRenew(context, request);
}

/** A role of a session that is there is assumed anew without a code. */
function canRenew(context: Context, request: SessionRequest): boolean {
  const takesCode = request.kind === "mfa" || request.takesCode;
  return (!takesCode && find(context, request.source) !== undefined) || canAsk(context, request);
}
