import type { Context } from "../../core/context.ts";
import { firstVariable, variable } from "../../core/environment.ts";
import { plainSessionRequest } from "../../core/plan/plain-session.ts";
import { planCredentials } from "../../core/plan/plan-credentials.ts";
import type { Plan } from "../../core/plan/plan.ts";
import type { Session } from "../../core/session/session.ts";
import { carryOut } from "../../session/carry-out.ts";
import { sessionOfEnvironment } from "../../session/exported-session.ts";
import { obtainPlainSession } from "../../session/obtain-plain-session.ts";
import { surroundingsOf } from "../../session/surroundings.ts";
import { withoutOwnSession } from "../../session/without-own-session.ts";
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
  const { env, explicit } = withoutOwnSession(context, profile);
  const clean = { ...context, env };
  const surroundings = surroundingsOf(clean);
  if (!mfa) {
    const request = plainSessionRequest(surroundings, explicit);
    guardProcess();
    return obtainPlainSession(clean, request);
  }
  const plan = planCredentials(surroundings, explicit);
  const session = (await carryOut(clean, plan)) ?? heldSession(clean, plan);
  if (session === undefined) explainNothing(clean, plan, surroundings.files, explicit);
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
