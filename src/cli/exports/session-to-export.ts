import type { Context } from "../../core/context.ts";
import { firstVariable, variable } from "../../core/environment.ts";
import { plainSessionRequest } from "../../core/plan/plain-session.ts";
import type { Plan } from "../../core/plan/plan.ts";
import type { Session } from "../../core/session/session.ts";
import { carryOut } from "../../session/carry-out.ts";
import { sessionOfEnvironment } from "../../session/exported-session.ts";
import { planSupply } from "../../session/plan-supply.ts";
import { obtainPlainSession } from "../../session/obtain-plain-session.ts";
import { guardProcess } from "../../system/guard-process.ts";
import { explainNothing } from "./nothing-to-export.ts";

/** Whose session, and of which kind. */
export interface Wanted {
  readonly profile: string | undefined;
  /** Whether it is to be an MFA session. */
  readonly mfa: boolean;
}

/** The session that `exports` prints; undefined where the profile has no device, which is said. Throws 253. */
export async function sessionToExport(
  context: Context,
  { profile, mfa }: Wanted,
): Promise<Session | undefined> {
  const planned = planSupply(context, profile);
  const { plan, context: clean, explicit } = planned;
  if (!mfa) {
    const request = plainSessionRequest(planned, explicit);
    guardProcess();
    return obtainPlainSession(clean, request);
  }
  const session = (await carryOut(clean, plan)) ?? heldSession(clean, plan);
  if (session === undefined) explainNothing(clean, plan, planned.files, explicit);
  return session;
}

/** That of keys which the environment held before: as they are gone, it is given once more. */
function heldSession(context: Context, plan: Plan): Session | undefined {
  if (plan.kind !== "pass-through" || plan.reason !== "exported-session") return undefined;
  const { env } = context;
  const accessKeyId = variable(env, "AWS_ACCESS_KEY_ID") ?? "";
  const secretAccessKey = variable(env, "AWS_SECRET_ACCESS_KEY") ?? "";
  const sessionToken = firstVariable(env, "AWS_SECURITY_TOKEN", "AWS_SESSION_TOKEN") ?? "";
  const held = sessionOfEnvironment(context);
  if (held === undefined || held.dying) return undefined;
  return { accessKeyId, secretAccessKey, sessionToken, expiration: held.expiration };
}
