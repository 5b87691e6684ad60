import { activeProfile } from "../core/plan/active-profile.ts";
import { withAssignments } from "../core/child/child-env.ts";
import { withoutExports } from "../core/child/export-assignments.ts";
import type { Context } from "../core/context.ts";
import { sessionOfEnvironment } from "./exported-session.ts";

/**
 * A session that we exported to this environment earlier is no reason to make none now: it is set aside, and
 * its profile stands in where no other is named.
 */
export function withoutOwnSession(
  context: Context,
  named: string | undefined,
): { env: Context["env"]; explicit: string | undefined } {
  const { env } = context;
  const own = sessionOfEnvironment(context);
  if (own?.profile === undefined) return { env, explicit: named };
  const nobody = activeProfile(env, named).namedBy === "nobody";
  return {
    env: withAssignments(env, withoutExports),
    explicit: nobody ? own.profile : named,
  };
}
