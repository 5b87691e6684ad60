import { settingAssignments } from "../core/child/exec-env.ts";
import type { Context } from "../core/context.ts";
import {
  suppliedSession,
  suppliedSettings,
  type SuppliedEnvironment,
} from "../core/register/supplied-environment.ts";
import type { Session } from "../core/session/session.ts";
import { findLasting, lastingSession } from "./lasting-session.ts";
import { planSupply, type PlannedSupply } from "./plan-supply.ts";

/**
 * What a program gets into its environment that keeps it for as long as it runs: what `exec` would set, with
 * time left. Throws 253, and what comes of asking.
 */
export async function supplyEnvironment(
  context: Context,
  named: string | undefined,
): Promise<SuppliedEnvironment> {
  const planned = planSupply(context, named);
  const { plan } = planned;
  const session =
    plan.kind === "session" ? await lastingSession(planned.context, plan.request) : undefined;
  return session === undefined ? withoutSession(planned) : withSession(planned, session);
}

/** The same where that takes nothing but a look; undefined where it takes more. Throws 253. */
export function storedEnvironment(
  context: Context,
  named: string | undefined,
): SuppliedEnvironment | undefined {
  const planned = planSupply(context, named);
  const { plan } = planned;
  if (plan.kind !== "session") return withoutSession(planned);
  const session = findLasting(planned.context, plan.request);
  return session && withSession(planned, session);
}

function withSession(planned: PlannedSupply, session: Session): SuppliedEnvironment {
  return suppliedSession(session, settingAssignments(planned), planned.explicit);
}

function withoutSession(planned: PlannedSupply): SuppliedEnvironment {
  const { plan } = planned;
  if (plan.kind === "refusal") throw plan.error;
  // One of keys of the environment: nothing tells how to renew it.
  const isHeld = plan.kind === "pass-through" && plan.reason === "exported-session";
  return suppliedSettings(isHeld ? settingAssignments(planned) : []);
}
