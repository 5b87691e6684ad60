import type { Context } from "../core/context.ts";
import type { SessionRequest } from "../core/request/session-request.ts";
import { saveSession } from "./save-session.ts";
import type { FoundSession } from "../core/session/session.ts";
import { findSession, findSharedSession } from "./store.ts";

/** The stored session, else the same one of another profile, which is copied for the next time. */
export function findOrShare(context: Context, request: SessionRequest): FoundSession | undefined {
  const own = findSession(context, request);
  if (own !== undefined) return own;
  const shared = findSharedSession(context, request);
  if (shared !== undefined) saveSession(context, request, shared);
  return shared;
}
