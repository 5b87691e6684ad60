import { describe, expect, it } from "vitest";
import { later, msUntil, type Moment } from "../../../src/core/watch/deadline.ts";

const start = Date.UTC(2026, 2, 4, 5, 6, 7);

/** So many milliseconds after the start by the wall's clock, and by the other one. */
function moment(wall: number, elapsedMs: number): Moment {
  return { time: new Date(start + wall), elapsedMs };
}

describe("a deadline in an hour", () => {
  const deadline = later(moment(0, 500), 3_600_000);

  it("is one by both clocks", () => {
    expect(deadline).toEqual(moment(3_600_000, 3_600_500));
  });

  it.each<[what: string, now: Moment, left: number]>([
    ["at once", moment(0, 500), 3_600_000],
    ["in time", moment(3_600_000, 3_600_500), 0],
    ["too late", moment(3_601_000, 3_601_500), -1000],
    ["slept for half of it", moment(1_800_000, 500), 1_800_000],
    ["slept over it", moment(7_200_000, 500), -3_600_000],
    ["clock put behind", moment(-86_400_000, 3_600_500), 0],
    ["clock put behind, half an hour later", moment(-86_400_000, 1_800_500), 1_800_000],
    ["clock put ahead", moment(86_400_000, 600), -82_800_000],
  ])("%s", (_what, now, left) => {
    expect(msUntil(deadline, now)).toBe(left);
  });

  it("may lie behind", () => {
    expect(later(moment(0, 500), -1500)).toEqual(moment(-1500, -1000));
  });
});
