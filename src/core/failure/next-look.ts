import { earlySeconds } from "../duration.ts";

/** So long before its end a session is renewed. */
const leadMs = earlySeconds * 1000;

/** Between two looks, in milliseconds: that of a short one is due in the middle, and others may be at it. */
const looks = { leastMs: 1000, mostMs: 15_000 };

/**
 * In how many milliseconds to see to a session that has so many left. One that is stored is looked at again and
 * again near its end: how long it was made to last, and so when it is due, is known there.
 */
export function nextLookMs(leftMs: number, isStored: () => boolean): number {
  if (leftMs > 2 * leadMs) return leftMs - leadMs;
  if (!isStored()) return Math.max(looks.leastMs, leftMs / 2);
  if (leftMs > leadMs) return leftMs - leadMs;
  return soonMs(leftMs);
}

/** The same after so many attempts in a row that gave no other one: at first another process may be at it. */
export function nextAttemptMs(leftMs: number, attempts: number): number {
  return attempts === 1 ? soonMs(leftMs) : Math.max(looks.leastMs, leftMs / 2);
}

function soonMs(leftMs: number): number {
  return Math.max(looks.leastMs, Math.min(looks.mostMs, leftMs / 2));
}
