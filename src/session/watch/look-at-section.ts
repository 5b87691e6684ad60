import type { Context } from "../../core/context.ts";
import type { RenewalDue } from "../../core/refresh/renewal-due.ts";
import { msUntil, type Moment } from "../../core/watch/deadline.ts";
import type { WatchPlan } from "../../core/watch/plan-watch.ts";
import { plannedDue, plannedSection } from "./planned-section.ts";
import { contentOf, type WatchedSection } from "./watched-section.ts";

/** How a section stands, and what it is to get. */
export interface Look {
  readonly plan: WatchPlan;
  readonly content: string | undefined;
  readonly due: RenewalDue;
}

/** Reads the AWS files. Throws 253 where they do not say what a section is to get, or that must not be. */
export function lookAtSection(context: Context, known: WatchedSection, now: Moment): Look {
  const planned = plannedSection(context, known.order);
  const content = contentOf(planned.section);
  const due = plannedDue(context, planned);
  const isUnchanged = content !== undefined && content === known.content;
  return { plan: planned.plan, content, due: isUnchanged ? dueByDeadline(known, due, now) : due };
}

/** What was found out when the section was written is worth more than what a clock says now. */
function dueByDeadline(
  { deadline, expiration }: WatchedSection,
  due: RenewalDue,
  now: Moment,
): RenewalDue {
  if (expiration === undefined) return due;
  if (due.kind === "due" && due.reason === "another-user") return due;
  return msUntil(deadline, now) > 0
    ? { kind: "valid", expiration }
    : { kind: "due", reason: "expired" };
}
