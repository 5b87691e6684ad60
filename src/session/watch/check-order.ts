import type { AwsFiles } from "../../aws/files/profiles.ts";
import type { Context } from "../../core/context.ts";
import { describeRequest } from "../../core/plan/describe-plan.ts";
import type { WatchOrder } from "../../core/watch/watch-order.ts";
import { noCodeError } from "../../mfa/code-sources.ts";
import { canAsk, codeQuestion } from "../code-question.ts";
import { isStored } from "../store.ts";
import { plannedDue, plannedSection } from "./planned-section.ts";

/**
 * Whether an order can be carried out at all, so that a mistake is told at once and not to a log. Throws 253:
 * for faulty settings, for a section with long-term keys, and where a code is wanted and nobody can be asked.
 */
export function checkOrder(context: Context, order: WatchOrder, awsFiles: AwsFiles): void {
  const planned = plannedSection(context, order, { awsFiles });
  const { request } = planned.plan;
  context.report.debug(() => `[${order.target}] gets: ${describeRequest(request)}`);
  if (plannedDue(context, planned).kind === "valid" || isStored(context, request)) return;
  if (!canAsk(context, request)) throw noCodeError(codeQuestion(request), []);
}
