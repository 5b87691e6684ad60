import { expect, it } from "vitest";
import { nextAttemptMs, nextLookMs } from "../../../src/core/failure/next-look.ts";

const minute = 60_000;

it.each<[leftMs: number, isStored: boolean, after: number, why: string]>([
  [720 * minute, true, 705 * minute, "15 minutes before its end"],
  [720 * minute, false, 705 * minute, "whether it is stored or not"],
  [20 * minute, true, 5 * minute, "one that is near it, too"],
  [
    20 * minute,
    false,
    10 * minute,
    "in the middle, where nothing tells how long it was made to last",
  ],
  [15 * minute, false, 7.5 * minute, "the usual one of a role, cut short"],
  [15 * minute, true, 15_000, "soon, and again: the store knows when it is due"],
  [20_000, true, 10_000, "in the middle of what is left"],
  [20_000, false, 10_000, "the same"],
  [1000, true, 1000, "not at once"],
  [-5000, false, 1000, "nor where it is over"],
])("with %i ms left, stored %s: after %i ms, %s", (leftMs, isStored, after) => {
  expect(nextLookMs(leftMs, () => isStored)).toBe(after);
});

it.each<[leftMs: number, attempts: number, after: number]>([
  [15 * minute, 1, 15_000],
  [15 * minute, 2, 7.5 * minute],
  [15 * minute, 9, 7.5 * minute],
  [10_000, 1, 5000],
  [10, 2, 1000],
])("with %i ms left and %i attempts in vain: after %i ms", (leftMs, attempts, after) => {
  expect(nextAttemptMs(leftMs, attempts)).toBe(after);
});
