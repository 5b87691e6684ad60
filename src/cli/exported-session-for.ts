import { activeProfile } from "../core/active-profile.ts";
import { withAssignments } from "../core/child-env.ts";
import type { Context } from "../core/context.ts";
import { whyPassThrough } from "../core/describe-plan.ts";
import { environmentKeys } from "../core/environment-keys.ts";
import { configurationError } from "../core/errors.ts";
import { withoutExports } from "../core/export-assignments.ts";
import { plainSessionRequest, unknownProfileError } from "../core/plain-session.ts";
import { planCredentials } from "../core/plan-credentials.ts";
import type { Plan } from "../core/plan.ts";
import { printable } from "../core/printable.ts";
import type { Session } from "../core/session.ts";
import { carryOut } from "../session/carry-out.ts";
import { obtainPlainSession } from "../session/obtain-plain-session.ts";
import { exportedSession } from "../session/store.ts";
import { surroundingsOf } from "../session/surroundings.ts";
import { guardProcess } from "../system/guard-process.ts";

interface Wanted {
  readonly profile: string | undefined;
  /** Whether it is to be an MFA session. */
  readonly mfa: boolean;
}

/** The session that `exports` prints; undefined where there is none to make, which is said. */
export async function exportedSessionFor(
  context: Context,
  { profile, mfa }: Wanted,
): Promise<Session | undefined> {
  const { env, explicit } = withoutOwnSession(context, profile);
  const clean = { ...context, env };
  const surroundings = surroundingsOf(clean);
  if (!mfa) {
    const request = plainSessionRequest(surroundings, explicit);
    guardProcess();
    return obtainPlainSession(clean, request);
  }
  const plan = planCredentials(surroundings, explicit);
  const session = await carryOut(clean, plan);
  if (session === undefined) sayWhyNone(clean, plan, explicit);
  return session;
}

/**
 * A session that we exported to this shell earlier is no reason to make none now: it is set aside, and
 * its profile stands in where no other is named.
 */
function withoutOwnSession(
  context: Context,
  named: string | undefined,
): { env: Context["env"]; explicit: string | undefined } {
  const { env } = context;
  const keys = environmentKeys(env);
  const own = keys.kind === "temporary" ? exportedSession(context, keys.accessKeyId) : undefined;
  if (own?.profile === undefined) return { env, explicit: named };
  const nobody = activeProfile(env, named).namedBy === "nobody";
  return {
    env: withAssignments(env, withoutExports),
    explicit: nobody ? own.profile : named,
  };
}

/** Two lines of warning, or an error where `aws` would have complained. */
function sayWhyNone({ env, report }: Context, plan: Plan, explicit: string | undefined): void {
  const { name } = activeProfile(env, explicit);
  const reason = plan.kind === "pass-through" ? plan.reason : undefined;
  if (reason === "unknown-profile") throw unknownProfileError(name);
  if (reason === "incomplete-environment-keys") {
    throw configurationError("IncompleteKeys", `${whyPassThrough[reason]}.`, {
      hint: "Set both, or neither.",
    });
  }
  report.say(`WARN: nothing to export for profile ${printable(name)}: ${why(plan)}.`);
  report.say(
    "WARN: set its mfa_serial, name another --profile, or use --no-mfa for a session without a code.",
  );
}

function why(plan: Plan): string {
  if (plan.kind === "pass-through") return whyPassThrough[plan.reason];
  return plan.kind === "role-session"
    ? "it assumes a role, which is left to aws"
    : "its credential_process gives temporary keys by itself";
}
