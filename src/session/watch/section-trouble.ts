import { later, msUntil, type Moment } from "../../core/watch/deadline.ts";
import type { RenewalFailure } from "../../core/watch/renewal-report.ts";
import { retrySeconds, type TroubleKind } from "../../core/watch/retry.ts";
import type { SectionTrouble, WatchedSection } from "./watched-section.ts";
import type { World } from "./world.ts";

/** Tells what went wrong, and sets the time for another attempt. */
export function meetTrouble(
  world: World,
  section: WatchedSection,
  failure: RenewalFailure,
  request: string | undefined,
): WatchedSection {
  const { trouble: kind, message, exitCode } = failure;
  const before = section.trouble;
  const isSame = before?.kind === kind && before.request === request;
  const failures = isSame ? before.failures + 1 : 1;
  const deadline = later(world.moment(), retrySeconds(kind, failures, world.random()) * 1000);
  if (!isQuiet(kind) || before?.message !== message) {
    tellTrouble(world, section, failure, deadline);
  }
  const trouble = { kind, message, exitCode, failures, request, before: goesOn(section, request) };
  return { ...section, deadline, content: undefined, trouble };
}

/** Tells what went wrong, and when it is tried again, if it is. */
export function tellTrouble(
  { journal }: World,
  { order }: WatchedSection,
  { code, message, hint }: RenewalFailure,
  deadline: Moment | undefined,
): void {
  const { target } = order;
  journal.tell({ kind: "trouble", target, code, message, hint, retry: deadline?.time });
}

/** What goes on when this trouble is over, if it is one that lets nothing be asked for. */
function goesOn(
  { trouble, deadline }: WatchedSection,
  request: string | undefined,
): SectionTrouble["before"] {
  if (request !== undefined || trouble === undefined) return undefined;
  return trouble.request === undefined ? trouble.before : { trouble, deadline };
}

/** Whether nobody is asked while it lasts: else they are told of each time. */
export function isQuiet(kind: TroubleKind): boolean {
  return kind === "unreachable" || kind === "configuration";
}

/** Whether the next attempt is to wait for its time: a file has changed, but nothing that would help. */
export function isToWait(
  world: World,
  { trouble, deadline }: WatchedSection,
  request: string,
): boolean {
  if (trouble === undefined || trouble.kind === "configuration") return false;
  return trouble.request === request && msUntil(deadline, world.moment()) > 0;
}
