import { refuseLongTermKeys } from "../../aws/files/long-term-guard.ts";
import { readAwsFiles, type AwsFiles } from "../../aws/files/profiles.ts";
import type { IniDocument, IniSection } from "../../core/aws-files/ini.ts";
import type { Context } from "../../core/context.ts";
import type { RenewalDue } from "../../core/refresh/renewal-due.ts";
import { planWatch, type WatchPlan } from "../../core/watch/plan-watch.ts";
import type { WatchOrder } from "../../core/watch/watch-order.ts";
import { sectionDue } from "../section-due.ts";

/** What a section is to get, and what it holds now. */
export interface PlannedSection {
  readonly plan: WatchPlan;
  readonly section: IniSection | undefined;
  /** The file that it stands in. */
  readonly credentials: IniDocument;
}

/**
 * What the AWS files say, by now or as they are given; no session will do that was there by `since`. Throws 253
 * where they do not say what a section is to get, or where it holds what must not be overwritten.
 */
export function plannedSection(
  { env }: Context,
  order: WatchOrder,
  { awsFiles = readAwsFiles(env), since }: { awsFiles?: AwsFiles; since?: Date | undefined } = {},
): PlannedSection {
  const { files, credentials } = awsFiles;
  const plan = planWatch(order, { env, files, since });
  const section = credentials.sections.get(order.target);
  refuseLongTermKeys(env, order.target, section);
  return { plan, section, credentials };
}

/** Whether it is to be renewed, by the clock of this computer. */
export function plannedDue(context: Context, { plan, section }: PlannedSection): RenewalDue {
  const wanted = { role: undefined, leastSeconds: plan.leadSeconds, force: false };
  return sectionDue(context, plan.request, section, wanted);
}
