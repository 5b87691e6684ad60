import { activeProfile } from "../core/plan/active-profile.ts";
import type { ExecSurroundings } from "../core/child/exec-env.ts";
import type { Context } from "../core/context.ts";
import { describePlan } from "../core/plan/describe-plan.ts";
import { noSessionError } from "../core/plan/no-session.ts";
import { refuseOwnProcess } from "../core/plan/own-process.ts";
import { planCredentials } from "../core/plan/plan-credentials.ts";
import type { Session } from "../core/session/session.ts";
import { lastingSession } from "./lasting-session.ts";
import { surroundingsOf } from "./surroundings.ts";
import { withoutOwnSession } from "./without-own-session.ts";

/** A session, and what else of its profile matters to a program. */
export interface Supply extends ExecSurroundings {
  readonly session: Session;
  /** The name of the profile. */
  readonly profile: string;
}

/**
 * The session of a profile for another program, which asks again when it nears its end. Throws 253 where the
 * profile needs none of ours (`noSessionCode`), and what comes of asking.
 */
export async function supplySession(context: Context, named: string | undefined): Promise<Supply> {
  const { env, explicit } = withoutOwnSession(context, named);
  const clean = { ...context, env };
  const surroundings = surroundingsOf(clean);
  const plan = planCredentials(surroundings, explicit);
  context.report.debug(() => describePlan(plan));
  const { files } = surroundings;
  const { name: profile } = activeProfile(env, explicit);
  // One that no session is due for would run us again and again.
  if (plan.kind === "pass-through") refuseOwnProcess(files.find(profile));
  const session = plan.kind === "session" ? await lastingSession(clean, plan.request) : undefined;
  if (session === undefined) throw noSessionError(plan, profile);
  return { session, profile, env, files, settings: files.find(profile) };
}
