import { noSessionError } from "../core/plan/no-session.ts";
import { isUnknownProfile } from "../core/plan/plan.ts";
import { settingAssignments } from "../core/child/exec-env.ts";
import type { Context } from "../core/context.ts";
import {
  sessionSupply,
  settingsSupply,
  type ProgramSupply,
} from "../core/register/program-supply.ts";
import type { Session } from "../core/session/session.ts";
import { findPlanned, obtainPlanned, planSupply, type PlannedSupply } from "./plan-supply.ts";

/**
 * What a program gets that keeps it for as long as it runs: what `exec` would set, with time left. Throws 253,
 * and what comes of asking.
 */
export async function supplyProgram(
  context: Context,
  named: string | undefined,
): Promise<ProgramSupply> {
  const planned = planSupply(context, named);
  const session = await obtainPlanned(planned);
  return session === undefined ? withoutSession(planned) : withSession(planned, session);
}

/** The same where that takes nothing but a look; undefined where it takes more. Throws 253. */
export function storedForProgram(
  context: Context,
  named: string | undefined,
): ProgramSupply | undefined {
  const planned = planSupply(context, named);
  if (planned.plan.kind !== "session") return withoutSession(planned);
  const session = findPlanned(planned);
  return session && withSession(planned, session);
}

function withSession(planned: PlannedSupply, session: Session): ProgramSupply {
  const { profile, explicit: named } = planned;
  return sessionSupply(session, settingAssignments(planned), { profile, named });
}

function withoutSession(planned: PlannedSupply): ProgramSupply {
  const { plan, context, profile } = planned;
  if (plan.kind === "refusal") throw plan.error;
  // An empty name is none for SDKs.
  if (isUnknownProfile(plan) && profile !== "") {
    context.report.say(`${noSessionError(plan, profile).message} This program gets no session.`);
  }
  // One of keys of the environment: nothing tells how to renew it.
  const isHeld = plan.kind === "pass-through" && plan.reason === "exported-session";
  return settingsSupply(isHeld ? settingAssignments(planned) : []);
}
