import type { Context } from "../core/context.ts";
import { isAwsmfaError } from "../core/errors.ts";
import type { Keys } from "../core/keys.ts";
import type { RoleSessionRequest, SessionRequest } from "../core/request/session-request.ts";
import type { FoundSession, Session } from "../core/session/session.ts";
import { assumeInHaste } from "./assume-alone.ts";
import { noteRenewal } from "./save-session.ts";
import { unfitFrom } from "./renewal.ts";
import { findSession } from "./store.ts";

/** A new session of a role where that takes nobody's attention, and no time; undefined where it would. */
export async function renewEarly(
  context: Context,
  request: RoleSessionRequest,
  stored: FoundSession,
): Promise<Session | undefined> {
  try {
    const wanted = { ...request, unfit: unfitFrom(context, stored) };
    const renewed = await assumeAlong(context, wanted);
    if (renewed === undefined) noteRenewal(context, request, stored);
    return renewed;
  } catch (error) {
    if (!isAwsmfaError(error)) throw error;
    context.report.debug(error.message);
    return undefined;
  }
}

/** Of a chain the roles on the way are assumed as well, where their sessions are over. */
async function assumeAlong(
  context: Context,
  request: RoleSessionRequest,
): Promise<Session | undefined> {
  const keys = await keysOf(context, request.source);
  if (keys === undefined) return undefined;
  const answer = await assumeInHaste(context, request, keys);
  if (answer?.kind === "session") return answer.session;
  context.report.debug(
    () => `no new session of the role (${answer?.rejection.code ?? "too slow"})`,
  );
  return undefined;
}

async function keysOf(context: Context, source: SessionRequest): Promise<Keys | undefined> {
  const stored = findSession(context, source);
  return stored ?? (source.kind === "role" ? assumeAlong(context, source) : undefined);
}
