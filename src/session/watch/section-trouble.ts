import { later, msUntil, type Moment } from "../../core/watch/deadline.ts";
import type { Failure } from "../../core/failure/failure.ts";
import { retrySeconds, type TroubleKind } from "../../core/failure/retry.ts";
import { troubleOf, type Trouble, type WatchedSection } from "./watched-section.ts";
import type { World } from "./world.ts";

/** The files do not say what a section is to get: what is known of it, and of attempts, stays. */
export function meetObstacle(
  world: World,
  section: WatchedSection,
  failure: Failure,
): WatchedSection {
  const times = (section.obstacle?.times ?? 0) + 1;
  return { ...section, obstacle: meet(world, section, failure, { times, isCalledFor: false }) };
}

/** An attempt has failed. */
export function meetFailure(
  world: World,
  section: WatchedSection,
  failure: Failure,
  { request, isCalledFor }: { request: string; isCalledFor: boolean },
): WatchedSection {
  const { failed } = section;
  const kind = failure.trouble;
  const isSame = failed?.kind === kind && failed.request === request;
  const times = isSame ? failed.times + 1 : 1;
  const trouble = meet(world, section, failure, { times, isCalledFor });
  return { ...section, failed: { ...trouble, kind, request } };
}

function meet(
  world: World,
  section: WatchedSection,
  failure: Failure,
  { times, isCalledFor }: { times: number; isCalledFor: boolean },
): Trouble {
  const { trouble: kind, message, exitCode } = failure;
  const retry = later(world.moment(), retrySeconds(kind, times, world.random()) * 1000);
  // Who calls wants an answer.
  if (isCalledFor || !isQuiet(kind) || troubleOf(section)?.message !== message) {
    tellTrouble(world, section, failure, retry);
  }
  return { message, exitCode, times, retry };
}

/** Tells what went wrong, and when it is tried again, if it is. */
export function tellTrouble(
  { journal }: World,
  { order }: WatchedSection,
  { code, message, hint }: Failure,
  retry: Moment | undefined,
): void {
  const { target } = order;
  journal.tell({ kind: "trouble", target, code, message, hint, retry: retry?.time });
}

/** Whether nobody is asked while it lasts: else they are told of each time. */
export function isQuiet(kind: TroubleKind): boolean {
  return kind === "unreachable" || kind === "configuration";
}

/** Whether the next attempt is to wait for its time: a file has changed, but nothing that would help. */
export function isToWait(world: World, { failed }: WatchedSection, request: string): boolean {
  if (failed === undefined || failed.kind === "configuration") return false;
  return failed.request === request && msUntil(failed.retry, world.moment()) > 0;
}
