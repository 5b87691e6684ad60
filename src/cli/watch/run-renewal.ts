import type { Context } from "../../core/context.ts";
import type { Renewal } from "../../core/watch/watch-order.ts";
import { renewSection } from "../../session/watch/renew-section.ts";
import { runForParent } from "../apart/run-for-parent.ts";

/** What a watcher passes to the process that renews a section for it: JSON, as its only argument. */
export interface RenewalTask extends Renewal {
  /** For how long a program may keep it that is to give a code. */
  readonly patienceSeconds: number;
}

/** Renews a section for a watcher. */
export async function runRenewal(context: Context, text: string): Promise<void> {
  const { patienceSeconds, ...renewal } = JSON.parse(text) as RenewalTask;
  await runForParent(context, {
    patienceSeconds,
    run: (asking) => renewSection(asking, renewal),
  });
}
