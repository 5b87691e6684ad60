import type { Context } from "../core/context.ts";
import { earlySeconds } from "../core/duration.ts";
import type { SessionRequest } from "../core/request/session-request.ts";
import { isUsable, obtainedAt, type FoundSession, type Session } from "../core/session/session.ts";
import { guardProcess } from "../system/guard-process.ts";
import { findSession } from "./store.ts";

/** Between two attempts to renew a session early, in milliseconds. */
const betweenAttemptsMs = 300_000;

/** A stored session, else a new one; undefined where the profile's own process needs none. */
export async function haveSession(
  context: Context,
  request: SessionRequest,
): Promise<Session | undefined> {
  const stored = findSession(context, request);
  if (stored === undefined) return obtain(context, request);
  context.report.debug(() => `stored session, valid until ${stored.expiration.toISOString()}`);
  if (request.kind === "mfa" || request.takesCode) return stored;
  if (!isAging(context, stored) || !isStored(context, request.source)) return stored;
  guardProcess();
  const { renewEarly } = await import("./obtain.ts");
  return (await renewEarly(context, request, stored)) ?? stored;
}

async function obtain(context: Context, request: SessionRequest): Promise<Session | undefined> {
  guardProcess();
  const { obtainSession } = await import("./obtain.ts");
  const obtained = await obtainSession(context, request);
  if (obtained.kind === "session") return obtained.session;
  context.report.debug("credential_process gives temporary keys: pass through");
  return undefined;
}

/** Whether a program may outlive it, and it is time to try for another one. */
export function isAging({ now }: Context, stored: FoundSession): boolean {
  const { renewalTried } = stored;
  const wasTried = renewalTried && now().getTime() - renewalTried.getTime() < betweenAttemptsMs;
  return !wasTried && !isUsable(stored, obtainedAt(stored), now(), earlySeconds);
}

/** Whether this session, or one on the way to it, is there: then nobody has to give a code. */
export function isStored(context: Context, request: SessionRequest): boolean {
  if (findSession(context, request) !== undefined) return true;
  return request.kind === "role" && isStored(context, request.source);
}
