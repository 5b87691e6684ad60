import type { Context } from "../core/context.ts";
import type { SessionRequest } from "../core/request/session-request.ts";
import type { Session } from "../core/session/session.ts";
import { guardProcess } from "../system/guard-process.ts";
import { isAging, takesNoCode } from "./aging.ts";
import { findSession } from "./store.ts";

/** A stored session, else a new one; undefined where the profile's own process needs none. */
export async function haveSession(
  context: Context,
  request: SessionRequest,
): Promise<Session | undefined> {
  const stored = findSession(context, request);
  if (stored === undefined) return obtain(context, request);
  context.report.debug(() => `stored session, valid until ${stored.expiration.toISOString()}`);
  if (request.kind === "mfa" || request.takesCode) return stored;
  if (!isAging(context, stored) || !takesNoCode(context, request.source)) return stored;
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
