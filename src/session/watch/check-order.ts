import { refuseLongTermKeys } from "../../aws/files/long-term-guard.ts";
import type { AwsFiles } from "../../aws/files/profiles.ts";
import type { Context } from "../../core/context.ts";
import { describeRequest } from "../../core/plan/describe-plan.ts";
import { planWatch } from "../../core/watch/plan-watch.ts";
import type { WatchOrder } from "../../core/watch/watch-order.ts";
import { noCodeError } from "../../mfa/code-sources.ts";
import { canAsk, codeQuestion } from "../code-question.ts";
import { sectionDue } from "../section-due.ts";
import { findSession, findSharedSession } from "../store.ts";

/**
 * Whether an order can be carried out at all, so that a mistake is told at once and not to a log. Throws 253:
 * for faulty settings, for a section with long-term keys, and where a code is wanted and nobody can be asked.
 */
export function checkOrder(
  context: Context,
  order: WatchOrder,
  { files, credentials }: AwsFiles,
): void {
  const { env, report } = context;
  const { request, leadSeconds } = planWatch(order, { env, files });
  report.debug(() => `[${order.target}] gets: ${describeRequest(request)}`);
  const section = credentials.sections.get(order.target);
  refuseLongTermKeys(env, order.target, section);
  const wanted = { role: undefined, leastSeconds: leadSeconds, force: false };
  if (sectionDue(context, request, section, wanted).kind === "valid") return;
  if (findSession(context, request) ?? findSharedSession(context, request)) return;
  if (!canAsk(context, request)) throw noCodeError(codeQuestion(request), []);
}
