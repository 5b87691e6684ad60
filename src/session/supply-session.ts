import type { Context } from "../core/context.ts";
import { noSessionError } from "../core/plan/no-session.ts";
import type { Session } from "../core/session/session.ts";
import { obtainPlanned, planSupply, type PlannedSupply } from "./plan-supply.ts";

/** A session, and what else of its profile matters to a program. */
export interface Supply extends PlannedSupply {
  readonly session: Session;
}

/**
 * The session of a profile for another program, which asks again when it nears its end. Throws 253 where the
 * profile needs none of ours (`noSessionCode`), and what comes of asking.
 */
export async function supplySession(context: Context, named: string | undefined): Promise<Supply> {
  const planned = planSupply(context, named);
  const session = await obtainPlanned(planned);
  if (session === undefined) throw noSessionError(planned.plan, planned.profile);
  return { ...planned, session };
}
