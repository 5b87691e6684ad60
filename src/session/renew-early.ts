import type { Context } from "../core/context.ts";
import { isAwsmfaError } from "../core/errors.ts";
import type { Keys } from "../core/keys.ts";
import type { RoleSessionRequest, SessionRequest } from "../core/request/session-request.ts";
import type { FoundSession, Session } from "../core/session/session.ts";
import { assumeInHaste } from "./assume-alone.ts";
import { unfitFrom } from "./renewal.ts";
import { noteRenewal } from "./save-session.ts";
import { findSession } from "./store.ts";

/** As long as the stored session will do, AWS is given no more time than this, in milliseconds. */
const hasteMs = 3000;

/** A new session of a role where that takes nobody's attention, and no time; undefined where it would. */
export async function renewEarly(
  context: Context,
  request: RoleSessionRequest,
  stored: FoundSession,
): Promise<Session | undefined> {
  // Noted first: others need not try as well, and where it cannot be noted they all would.
  if (!noteRenewal(context, request, stored)) return undefined;
  try {
    const wanted = { ...request, unfit: unfitFrom(context, stored) };
    return await assumeAlong(context, wanted);
  } catch (error) {
    if (!isAwsmfaError(error)) throw error;
    context.report.debug(error.message);
    return undefined;
  }
}

/**
 * A session of a role, without attention and in no time; of a chain the roles on the way are assumed as well,
 * where their sessions are over.
 */
export async function assumeAlong(
  context: Context,
  request: RoleSessionRequest,
  end = performance.now() + hasteMs,
): Promise<Session | undefined> {
  const keys = await keysOf(context, request.source, end);
  if (keys === undefined) return undefined;
  const answer = await assumeInHaste(context, request, keys, end);
  if (answer?.kind === "session") return answer.session;
  context.report.debug(
    () => `no new session of the role (${answer?.rejection.code ?? "too slow"})`,
  );
  return undefined;
}

async function keysOf(
  context: Context,
  source: SessionRequest,
  end: number,
): Promise<Keys | undefined> {
  const stored = findSession(context, source);
  return stored ?? (source.kind === "role" ? assumeAlong(context, source, end) : undefined);
}
