import type { ExecSurroundings } from "../core/child/exec-env.ts";
import type { Context } from "../core/context.ts";
import { activeProfile } from "../core/plan/active-profile.ts";
import { describePlan } from "../core/plan/describe-plan.ts";
import { refuseOwnProcess, suppliedBy } from "../core/plan/own-process.ts";
import { planCredentials } from "../core/plan/plan-credentials.ts";
import type { Plan } from "../core/plan/plan.ts";
import type { Session } from "../core/session/session.ts";
import { findLasting, lastingSession } from "./lasting-session.ts";
import { surroundingsOf } from "./surroundings.ts";
import { withoutOwnSession } from "./without-own-session.ts";

/** What another program is to be given, and what of the profile matters to it. */
export interface PlannedSupply extends ExecSurroundings {
  readonly plan: Plan;
  /** The name of the profile. */
  readonly profile: string;
  /** The profile that was named, or stands in for a session of ours that the environment holds. */
  readonly explicit: string | undefined;
  /** Without that session. */
  readonly context: Context;
}

/** Decides what another program is to be given, whatever session its environment holds by now. Throws 253. */
export function planSupply(given: Context, named: string | undefined): PlannedSupply {
  const { env, explicit: asked } = withoutOwnSession(given, named);
  const context = { ...given, env };
  const surroundings = surroundingsOf(context);
  const { files } = surroundings;
  const { name } = activeProfile(env, asked);
  const settings = files.find(name);
  const source = suppliedBy(files, name);
  const explicit = source === name ? asked : source;
  const plan = planCredentials(surroundings, explicit);
  context.report.debug(() => describePlan(plan));
  const profile = explicit ?? name;
  // One that no session is due for would run us again and again.
  if (plan.kind === "pass-through") refuseOwnProcess(files.find(profile));
  return { plan, profile, explicit, context, env, files, settings };
}

/** The session of a plan, asking where it must; undefined where none of ours is due. */
export async function obtainPlanned({
  plan,
  context,
}: PlannedSupply): Promise<Session | undefined> {
  return plan.kind === "session" ? lastingSession(context, plan.request) : undefined;
}

/** The same where it is stored, with time left. */
export function findPlanned({ plan, context }: PlannedSupply): Session | undefined {
  return plan.kind === "session" ? findLasting(context, plan.request) : undefined;
}
