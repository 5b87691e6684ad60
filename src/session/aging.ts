import type { Context } from "../core/context.ts";
import { earlySeconds } from "../core/duration.ts";
import type { SessionRequest } from "../core/request/session-request.ts";
import { isUsable, obtainedAt, type FoundSession } from "../core/session/session.ts";
import { findSession } from "./store.ts";

/** Between two attempts to renew a session early, in milliseconds. */
const betweenAttemptsMs = 300_000;

/** Whether a program may outlive it, and it is time to try for another one. */
export function isAging({ now }: Context, stored: FoundSession): boolean {
  const { renewalTried } = stored;
  const wasTried = renewalTried && now().getTime() - renewalTried.getTime() < betweenAttemptsMs;
  return !wasTried && !isUsable(stored, obtainedAt(stored), now(), earlySeconds);
}

/** Whether this session, or one on the way to it, is there: then nobody has to give a code. */
export function takesNoCode(context: Context, request: SessionRequest): boolean {
  if (findSession(context, request) !== undefined) return true;
  return request.kind === "role" && takesNoCode(context, request.source);
}
