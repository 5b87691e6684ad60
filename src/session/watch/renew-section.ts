import { refuseLongTermKeys } from "../../aws/files/long-term-guard.ts";
import { readAwsFiles } from "../../aws/files/profiles.ts";
import type { Context } from "../../core/context.ts";
import { isAwsmfaError, type AwsmfaError } from "../../core/errors.ts";
import { anew } from "../../core/refresh/user-request.ts";
import { planWatch, type WatchPlan } from "../../core/watch/plan-watch.ts";
import type { RenewalEnd } from "./world.ts";
import { troubleKind, type TroubleKind } from "../../core/watch/retry.ts";
import type { WatchOrder } from "../../core/watch/watch-order.ts";
import { refreshSection } from "../refresh-section.ts";
import { findSession, findSharedSession } from "../store.ts";
import { whyNotAsk } from "./why-not-ask.ts";

/** What is to be done to a section. */
export interface Renewal {
  readonly order: WatchOrder;
  /** No session will do that was there by then (ISO 8601). */
  readonly anewSince: string | undefined;
}

/** Gets a session for a section and writes it, asking for a code where it must. What goes wrong is told. */
export async function renewSection(context: Context, renewal: Renewal): Promise<RenewalEnd> {
  try {
    return await renew(context, renewal);
  } catch (error) {
    if (!isAwsmfaError(error)) throw error;
    return failed(error, troubleKind(error));
  }
}

async function renew(context: Context, { order, anewSince }: Renewal): Promise<RenewalEnd> {
  const { env } = context;
  const { files, credentials } = readAwsFiles(env);
  const plan = sincePlan(planWatch(order, { env, files }), anewSince);
  refuseLongTermKeys(env, order.target, credentials.sections.get(order.target));
  const { request } = plan;
  const isNew = takesCode(context, request);
  const why = isNew ? await whyNotAsk(context, request) : undefined;
  // Nobody is bothered by trying that again.
  if (why !== undefined) return failed(why, "unreachable");
  const force = anewSince !== undefined;
  const writing = { before: credentials, force, overwriteLongTerm: false };
  try {
    const { expiration } = await refreshSection(context, plan, writing);
    return { kind: "renewed", expiration: expiration.toISOString(), isNew };
  } catch (error) {
    if (!isAwsmfaError(error)) throw error;
    const trouble = troubleKind(error);
    const isInVain = trouble === "unreachable" && takesCode(context, request);
    return failed(error, isInVain ? "no-code" : trouble);
  }
}

/** Whether somebody has to be asked, as no session that is stored will do. */
function takesCode(context: Context, request: WatchPlan["request"]): boolean {
  return (findSession(context, request) ?? findSharedSession(context, request)) === undefined;
}

function sincePlan(plan: WatchPlan, anewSince: string | undefined): WatchPlan {
  if (anewSince === undefined) return plan;
  return { ...plan, request: { ...plan.request, ...anew(new Date(anewSince)) } };
}

function failed({ code, exitCode, message, hint }: AwsmfaError, trouble: TroubleKind): RenewalEnd {
  const failure = { code, exitCode, message, trouble, ...(hint !== undefined && { hint }) };
  return { kind: "failed", failure };
}
