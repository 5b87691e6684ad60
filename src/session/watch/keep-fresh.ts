import type { Context } from "../../core/context.ts";
import { msUntil } from "../../core/watch/deadline.ts";
import type { WatchOrder } from "../../core/watch/watch-order.ts";
import { fileMark } from "../../system/file-mark.ts";
import { configPath, credentialsPath } from "../../system/paths.ts";
import { attendSection } from "./attend-section.ts";
import {
  nextMoment,
  stateOf,
  troubleOf,
  unknownSection,
  type WatchedSection,
} from "./watched-section.ts";
import type { World } from "./world.ts";

/**
 * The longest sleep, in milliseconds. After it the clocks are read, and the AWS files are looked at: no timer
 * tells that the computer has slept, or that somebody has set its clock.
 */
const mostSleepMs = 10_000;

/** Renews sections before their sessions end, until somebody calls it off. */
export async function keepFresh(
  context: Context,
  world: World,
  orders: readonly WatchOrder[],
): Promise<void> {
  let sections = orders.map((order) => unknownSection(order, world.moment()));
  let marks = "";
  while (!world.calls.isOver) {
    const seen = marksOf(context);
    const isCalled = world.calls.takeLook();
    const isToLook = isCalled || seen !== marks;
    marks = seen;
    const asked = world.calls.takeAsked();
    const attended: WatchedSection[] = [];
    for (const section of sections) {
      const isDue =
        isToLook || asked !== undefined || msUntil(nextMoment(section), world.moment()) <= 0;
      const isOver = world.calls.isOver;
      attended.push(
        isDue && !isOver ? await attendSection(context, world, section, asked) : section,
      );
    }
    sections = attended;
    await rest(world, sections);
  }
}

/** The same once, for a timer of the system. Gives the exit code of the first failure, or 0. */
export async function freshenOnce(
  context: Context,
  world: World,
  orders: readonly WatchOrder[],
): Promise<number> {
  const failures: number[] = [];
  for (const order of orders) {
    if (world.calls.isOver) break;
    const section = unknownSection(order, world.moment());
    const trouble = troubleOf(await attendSection(context, world, section, undefined));
    if (trouble !== undefined) failures.push(trouble.exitCode);
  }
  return failures[0] ?? 0;
}

async function rest(world: World, sections: readonly WatchedSection[]): Promise<void> {
  if (world.calls.isOver) return;
  world.journal.idle(sections.map(stateOf));
  const now = world.moment();
  const next = Math.min(...sections.map((section) => msUntil(nextMoment(section), now)));
  await world.sleep(Math.max(0, Math.min(mostSleepMs, next)));
}

/** What the files are known by that sessions are written to, and planned from. */
function marksOf({ env }: Context): string {
  return [credentialsPath(env), configPath(env)].map(fileMark).join("\n");
}
