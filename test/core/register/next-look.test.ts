import { expect, test } from "vitest";
import { nextLookMs } from "../../../src/core/register/next-look.ts";

// prettier-ignore
test.each<[name: string, left: number, failures: number, seconds: number]>([
  ["twelve hours: 15 minutes before the end", 43_200, 0, 42_300],
  ["an hour", 3600, 0, 2700],
  ["a little more than 15 minutes", 905, 0, 5],
  ["hardly more: not at once", 900.1, 0, 0.1],
  ["less: others may be at it", 900, 0, 15],
  ["a short one, in the middle", 20, 0, 10],
  ["nearly over", 0.5, 0, 1],
  ["over", -3600, 0, 1],
  ["a failure", 800, 1, 15],
  ["another one", 800, 2, 30],
  ["many", 800, 10, 600],
  ["one shortly before the end", 7, 3, 7],
  ["one after the end", -1, 1, 15],
  ["many after the end", -1, 10, 600],
])("%s", (_name, left, failures, seconds) => {
  const ms = nextLookMs({ leftMs: left * 1000, failures, random: 0.5 });
  expect(ms).toBeCloseTo(seconds * 1000, 0);
});
