import { readIniFile } from "../../aws/files/read-ini-file.ts";
import type { Context } from "../../core/context.ts";
import { isAwsmfaError } from "../../core/errors.ts";
import { readShortTerm } from "../../core/refresh/short-term.ts";
import { attemptKey } from "../../core/watch/attempt-key.ts";
import type { Moment } from "../../core/watch/deadline.ts";
import { failureOf, type Failure } from "../../core/failure/failure.ts";
import { renewalDeadline } from "../../core/watch/renewal-deadline.ts";
import { credentialsPath } from "../../system/paths.ts";
import { lookAtSection, type Look } from "./look-at-section.ts";
import { isQuiet, isToWait, meetFailure, meetObstacle, tellTrouble } from "./section-trouble.ts";
import { contentOf, troubleOf, type WatchedSection } from "./watched-section.ts";
import type { World } from "./world.ts";

/**
 * Looks at a section and has it renewed where that is due, or where somebody has `called` for that whatever it
 * holds. Whatever goes wrong is told, and tried again later.
 */
export async function attendSection(
  context: Context,
  world: World,
  known: WatchedSection,
  called: Moment | undefined,
): Promise<WatchedSection> {
  const anewSince = called && unlessHeard(called, known);
  const look = tryToLook(context, known, world.moment());
  if (look.kind === "failed") return meetObstacle(world, known, look.failure);
  const section = { ...known, obstacle: undefined };
  if (anewSince === undefined && look.due.kind === "valid") {
    return keep(world, known, look, look.due.expiration);
  }
  if (anewSince === undefined && isToWait(world, section, attemptKey(look.plan.request))) {
    return section;
  }
  return renew(context, world, section, look, anewSince);
}

function tryToLook(
  context: Context,
  section: WatchedSection,
  now: Moment,
): ({ kind: "seen" } & Look) | { kind: "failed"; failure: Failure } {
  try {
    return { kind: "seen", ...lookAtSection(context, section, now) };
  } catch (error) {
    if (!isAwsmfaError(error)) throw error;
    return { kind: "failed", failure: failureOf(error) };
  }
}

/**
 * Since when sessions will not do; undefined where the call came while the section was being renewed. A session
 * that it got later, by a clock that has been put back since, will not do either.
 */
function unlessHeard(called: Moment, { renewed }: WatchedSection): Date | undefined {
  if (renewed === undefined) return called.time;
  if (renewed.elapsedMs >= called.elapsedMs) return undefined;
  return renewed.time > called.time ? renewed.time : called.time;
}

function keep(
  world: World,
  section: WatchedSection,
  { plan, content }: Look,
  expiration: Date,
): WatchedSection {
  const isSame = section.content === content;
  const isTroubled = troubleOf(section) !== undefined;
  if (isSame && !isTroubled) return section;
  const now = world.moment();
  const deadline = isSame
    ? section.deadline
    : renewalDeadline({ expiration, isNew: false }, now, plan);
  const isKnown = section.expiration?.getTime() === expiration.getTime();
  if (!isKnown || isTroubled) {
    const { target } = section.order;
    world.journal.tell({ kind: "valid", target, expiration, renewal: deadline.time });
  }
  return { ...section, deadline, expiration, content, obstacle: undefined, failed: undefined };
}

async function renew(
  context: Context,
  world: World,
  section: WatchedSection,
  { plan, due }: Look,
  anewSince: Date | undefined,
): Promise<WatchedSection> {
  const { order } = section;
  const { target } = order;
  const reason = due.kind === "due" ? due.reason : "forced";
  // What goes on by itself, again and again, is told once.
  const isTold = section.failed !== undefined && isQuiet(section.failed.kind);
  if (anewSince === undefined && isTold) world.journal.clear();
  else world.journal.tell({ kind: "due", target, reason });
  const end = await world.renew({ order, anewSince: anewSince?.toISOString() });
  if (world.calls.isOver) return section;
  if (end.kind === "failed") {
    if (due.kind === "due") {
      return meetFailure(world, section, end.failure, {
        request: attemptKey(plan.request),
        isCalledFor: anewSince !== undefined,
      });
    }
    // What it holds will do: somebody wanted another one, and may want it again.
    tellTrouble(world, section, end.failure, undefined);
    return section;
  }
  const expiration = new Date(end.expiration);
  const now = world.moment();
  const deadline = renewalDeadline({ expiration, isNew: end.isNew }, now, plan);
  world.journal.tell({ kind: "renewed", target, expiration, renewal: deadline.time });
  const content = contentHolding(context, target, expiration);
  return {
    order,
    deadline,
    expiration,
    content,
    renewed: now,
    obstacle: undefined,
    failed: undefined,
  };
}

/** What a section holds; undefined where it is not that session, or cannot be read. */
function contentHolding({ env }: Context, target: string, expiration: Date): string | undefined {
  try {
    const section = readIniFile(credentialsPath(env)).sections.get(target);
    const held = section && readShortTerm((key) => section.entries.get(key)?.value);
    return held?.expiration.getTime() === expiration.getTime() ? contentOf(section) : undefined;
  } catch {
    return undefined;
  }
}
