import type { Context } from "../core/context.ts";
import type { SessionRequest } from "../core/request/session-request.ts";
import type { Session } from "../core/session/session.ts";
import { isAging } from "./have-session.ts";
import { findSession } from "./store.ts";

/** A stored session for a program that keeps it; undefined where it is time to try for another one. */
export function findLasting(context: Context, request: SessionRequest): Session | undefined {
  const stored = findSession(context, request);
  return stored === undefined || isAging(context, stored) ? undefined : stored;
}
