import type { Context } from "../core/context.ts";
import { isAwsmfaError } from "../core/errors.ts";
import { type RoleSessionRequest, type SessionRequest } from "../core/request/session-request.ts";
import { isUsable, obtainedAt, type FoundSession, type Session } from "../core/session/session.ts";
import { guardProcess } from "../system/guard-process.ts";
import { findSession } from "./store.ts";

/**
 * With less than that a long command might outlive its session: botocore renews the role sessions that it
 * has made itself that early, in seconds.
 */
const earlySeconds = 900;

/** A stored session, else a new one; undefined where the profile's own process needs none. */
export async function haveSession(
  context: Context,
  request: SessionRequest,
): Promise<Session | undefined> {
  const stored = findSession(context, request);
  if (stored === undefined) return obtain(context, request);
  context.report.debug(() => `stored session, valid until ${stored.expiration.toISOString()}`);
  if (request.kind === "mfa" || request.takesCode || !isAging(context, stored)) return stored;
  return renewEarly(context, request, stored);
}

async function obtain(context: Context, request: SessionRequest): Promise<Session | undefined> {
  guardProcess();
  const { obtainSession } = await import("./obtain.ts");
  const obtained = await obtainSession(context, request);
  if (obtained.kind === "session") return obtained.session;
  context.report.debug("credential_process gives temporary keys: pass through");
  return undefined;
}

function isAging({ now }: Context, stored: FoundSession): boolean {
  return !isUsable(stored, obtainedAt(stored), now(), earlySeconds);
}

/** A new session of a role where that takes nobody's attention, and no time; else the old one will do. */
async function renewEarly(
  context: Context,
  request: RoleSessionRequest,
  stored: FoundSession,
): Promise<Session> {
  const source = findSession(context, request.source);
  if (source === undefined) return stored;
  guardProcess();
  const { assumeInHaste } = await import("./obtain.ts");
  try {
    const wanted = { ...request, instead: stored.accessKeyId };
    const answer = await assumeInHaste(context, wanted, source);
    if (answer?.kind === "session") return answer.session;
    context.report.debug(
      () => `no new session of the role (${answer?.rejection.code ?? "too slow"})`,
    );
  } catch (error) {
    if (!isAwsmfaError(error)) throw error;
    context.report.debug(error.message);
  }
  return stored;
}
