import type { Context } from "../core/context.ts";
import type { SessionRequest } from "../core/session-request.ts";
import type { Session } from "../core/session.ts";
import { guardProcess } from "../system/guard-process.ts";
import { findSession } from "./store.ts";

/** A stored session, else a new one; undefined where the profile's own process needs none. */
export async function haveSession(
  context: Context,
  request: SessionRequest,
): Promise<Session | undefined> {
  const stored = findSession(context, request);
  if (stored !== undefined) {
    context.report.debug(() => `stored session, valid until ${stored.expiration.toISOString()}`);
    return stored;
  }
  guardProcess();
  const { obtainSession } = await import("./obtain.ts");
  const obtained = await obtainSession(context, request);
  if (obtained.kind === "session") return obtained.session;
  context.report.debug("credential_process gives temporary keys: pass through");
  return undefined;
}
