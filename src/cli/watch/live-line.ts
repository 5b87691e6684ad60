import { printableName } from "../../core/printable.ts";
import { secondsUntil } from "../../core/time.ts";
import type { SectionState } from "../../core/watch/watch-event.ts";
import { shorten, widthOf } from "../fit-text.ts";
import type { Look } from "../look.ts";
import { durationWords, localTime } from "../../core/time-words.ts";

/** Of a name with less of it than that, in columns, nobody knows whose it is. */
const leastName = 5;

/** How the sections stand, in one line: the one that is next in full, the others as far as there is room. */
export function liveLine(
  states: readonly SectionState[],
  now: Date,
  look: Pick<Look, "width" | "unicode">,
): string {
  const [next] = states.toSorted((one, other) => one.next.getTime() - other.next.getTime());
  if (next === undefined || look.width < 1) return "";
  const join = (words: readonly string[]): string => words.join(look.unicode ? " · " : " | ");
  const full = (state: SectionState): string => named(state, fullWords(state, now));
  const brief = (state: SectionState): string => named(state, briefWords(state, now));
  const lines = [
    join(states.map(full)),
    join(states.map((state) => (state === next ? full(state) : brief(state)))),
    join([full(next), `${states.length - 1} more`]),
  ];
  return lines.find((line) => widthOf(line) <= look.width) ?? narrowLine(next, now, look);
}

/** One alone, with as much of its name as there is room for. */
function narrowLine(state: SectionState, now: Date, look: Pick<Look, "width" | "unicode">): string {
  const name = printableName(state.target);
  for (const words of [fullWords(state, now), briefWords(state, now)]) {
    const room = look.width - widthOf(`: ${words}`);
    if (room >= leastName) return `${shorten(name, room, look)}: ${words}`;
  }
  return shorten(briefWords(state, now), look.width, look);
}

function named({ target }: SectionState, words: string): string {
  return `${printableName(target)}: ${words}`;
}

function fullWords(state: SectionState, now: Date): string {
  const left = leftOf(state, now);
  const isOver = left === undefined || left <= 0;
  const what = state.isTroubled ? "trying again" : "renewal";
  const then = `${what} at ${localTime(state.next, now)}`;
  return `${briefWords(state, now)}${isOver ? "" : " left"}, ${then}`;
}

function briefWords(state: SectionState, now: Date): string {
  const left = leftOf(state, now);
  return left === undefined ? "no session" : durationWords(left);
}

function leftOf({ expiration }: SectionState, now: Date): number | undefined {
  return expiration && secondsUntil(expiration, now);
}
