import { retrySeconds } from "../watch/retry.ts";

/** How things stand after an attempt to have another session. */
interface Standing {
  /** How long the present session lasts, in milliseconds. */
  readonly leftMs: number;
  /** How many attempts in a row gave no other one. */
  readonly failures: number;
  /** From 0 to 1. */
  readonly random: number;
}

/** SDKs read the environment again when five minutes are left: by then another session has to be there. */
const leadMs = 900_000;

/** However little is left: a look is cheap, but not for nothing. */
const leastMs = 1000;

/** Others may be at it: theirs is taken soon. */
const soonMs = 15_000;

/**
 * After how many milliseconds to see to the next session: 15 minutes before the end, and then again and again,
 * for that of a short one is due in the middle; after failures less and less often.
 */
export function nextLookMs({ leftMs, failures, random }: Standing): number {
  if (failures === 0) {
    return leftMs > leadMs ? leftMs - leadMs : Math.max(leastMs, Math.min(soonMs, leftMs / 2));
  }
  const pauseMs = retrySeconds("no-code", failures, random) * 1000;
  // When it ends there is a better reason to give a code.
  return leftMs > leastMs ? Math.min(pauseMs, leftMs) : pauseMs;
}
