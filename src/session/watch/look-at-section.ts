import { refuseLongTermKeys } from "../../aws/files/long-term-guard.ts";
import { readAwsFiles } from "../../aws/files/profiles.ts";
import type { Context } from "../../core/context.ts";
import type { RenewalDue } from "../../core/refresh/renewal-due.ts";
import { msUntil, type Moment } from "../../core/watch/deadline.ts";
import { planWatch, type WatchPlan } from "../../core/watch/plan-watch.ts";
import { sectionDue } from "../section-due.ts";
import { contentOf, type WatchedSection } from "./watched-section.ts";

/** How a section stands, and what it is to get. */
export interface Look {
  readonly plan: WatchPlan;
  readonly content: string | undefined;
  readonly due: RenewalDue;
}

/** Reads the AWS files. Throws 253 where they do not say what a section is to get, or that must not be. */
export function lookAtSection(context: Context, section: WatchedSection, now: Moment): Look {
  const { env } = context;
  const { target } = section.order;
  const { files, credentials } = readAwsFiles(env);
  const plan = planWatch(section.order, { env, files });
  const present = credentials.sections.get(target);
  refuseLongTermKeys(env, target, present);
  const content = contentOf(present);
  const wanted = { role: undefined, leastSeconds: plan.leadSeconds, force: false };
  const due = sectionDue(context, plan.request, present, wanted);
  const isUnchanged = content !== undefined && content === section.content;
  return { plan, content, due: isUnchanged ? dueByDeadline(section, due, now) : due };
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
