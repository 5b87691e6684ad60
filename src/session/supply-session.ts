import { activeProfile } from "../core/plan/active-profile.ts";
import type { Context } from "../core/context.ts";
import { describePlan } from "../core/plan/describe-plan.ts";
import { noSessionError } from "../core/plan/no-session.ts";
import { refuseOwnProcess } from "../core/plan/own-process.ts";
import { planCredentials } from "../core/plan/plan-credentials.ts";
import type { Session } from "../core/session/session.ts";
import { lastingSession } from "./lasting-session.ts";
import { surroundingsOf } from "./surroundings.ts";
import { withoutOwnSession } from "./without-own-session.ts";

/**
 * The session of a profile for another program, which asks again when it nears its end. Throws 253 where the
 * profile needs none of ours (`noSessionCode`), and what comes of asking.
 */
export async function supplySession(context: Context, named: string | undefined): Promise<Session> {
  const { env, explicit } = withoutOwnSession(context, named);
  const clean = { ...context, env };
  const surroundings = surroundingsOf(clean);
  const plan = planCredentials(surroundings, explicit);
  context.report.debug(() => describePlan(plan));
  const { name } = activeProfile(env, explicit);
  // One that no session is due for would run us again and again.
  if (plan.kind === "pass-through") refuseOwnProcess(surroundings.files.find(name));
  const session = plan.kind === "session" ? await lastingSession(clean, plan.request) : undefined;
  if (session === undefined) throw noSessionError(plan, name);
  return session;
}
