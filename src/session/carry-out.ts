import type { Context } from "../core/context.ts";
import { describePlan } from "../core/plan/describe-plan.ts";
import type { Plan } from "../core/plan/plan.ts";
import type { Session } from "../core/session/session.ts";
import { haveSession } from "./have-session.ts";

/** The session that a plan wants; undefined where it wants none. Throws what the plan refuses with. */
export async function carryOut(context: Context, plan: Plan): Promise<Session | undefined> {
  context.report.debug(() => describePlan(plan));
  switch (plan.kind) {
    case "refusal":
      throw plan.error;
    case "pass-through":
      return undefined;
    case "session":
      return haveSession(context, plan.request);
  }
}
