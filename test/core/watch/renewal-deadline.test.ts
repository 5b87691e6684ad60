import { expect, it } from "vitest";
import { renewalDeadline } from "../../../src/core/watch/renewal-deadline.ts";

const time = new Date("2026-03-04T05:06:07Z");
const half = 43_200;
const year = 31_536_000;

/** In seconds from now: the end of the session, then when it is to be renewed by the wall's clock and by the other one. */
it.each<
  [
    what: string,
    end: number,
    wall: number,
    elapsed: number,
    more?: { seconds?: number; leadSeconds?: number; isNew?: boolean },
  ]
>([
  ["a new one", half, half - 300, half - 300],
  ["a new one, a moment later", half - 2, half - 302, half - 302],
  ["a stored one", 5000, 4700, 4700, { isNew: false }],
  ["a new one of less than was asked for", 3600, 3300, 3300],
  ["a root user's hour, with a lead time as long", 3600, 1800, 1800, { leadSeconds: 3600 }],
  ["a root user's hour, with a longer lead time", 3590, 1795, 1795, { leadSeconds: 7200 }],
  ["a short one", 900, 10, 10, { seconds: 900, leadSeconds: 890 }],
  ["one without a lead time", 900, 900, 900, { seconds: 900, leadSeconds: 0 }],
  ["hardly more than its lead time", 301, 1, 1],
  // The clock is ahead: the session lasts as it was asked for, by either clock.
  ["just its lead time", 300, half - 300, half - 300],
  ["one that is over already", -1, half - 300, half - 300],
  ["one that was over a year ago", -year, half - 300, half - 300],
  ["a short one that is over", -1, 10, 10, { seconds: 900, leadSeconds: 890 }],
  ["a stored one that is over", -1, half - 300, half - 300, { isNew: false }],
  // The clock is a bit behind, or AWS generous.
  ["five minutes too long", half + 300, half, half],
  // The clock is behind: it may be put right, or not.
  ["more than that", half + 301, half + 1, half - 300],
  ["a day too long", half + 86_400, half + 86_100, half - 300],
  ["a year too long", half + year, half + year - 300, half - 300],
  ["a short one, too long", 1201, 311, 10, { seconds: 900, leadSeconds: 890 }],
  ["one of others, longer than ours", 129_600, 129_300, 129_300, { isNew: false }],
])("%s", (_what, end, wall, elapsed, more = {}) => {
  const { seconds = half, leadSeconds = 300, isNew = true } = more;
  const expiration = new Date(time.getTime() + end * 1000);
  const now = { time, elapsedMs: 7000 };
  expect(renewalDeadline({ expiration, isNew }, now, { seconds, leadSeconds })).toEqual({
    time: new Date(time.getTime() + wall * 1000),
    elapsedMs: 7000 + elapsed * 1000,
  });
});
