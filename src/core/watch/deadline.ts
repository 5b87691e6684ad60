/** A moment by two clocks, for neither tells the whole truth. */
export interface Moment {
  /** The wall's, which people set; it goes on while the computer sleeps. */
  readonly time: Date;
  /** Milliseconds of one that nobody sets, and that stands still meanwhile. */
  readonly elapsedMs: number;
}

/** That many milliseconds from a moment on, by both clocks. */
export function later({ time, elapsedMs }: Moment, ms: number): Moment {
  return { time: new Date(time.getTime() + ms), elapsedMs: elapsedMs + ms };
}

/** In how many milliseconds a deadline comes: whichever clock gets there first is right. Negative ones since. */
export function msUntil(deadline: Moment, now: Moment): number {
  return Math.min(deadline.time.getTime() - now.time.getTime(), deadline.elapsedMs - now.elapsedMs);
}
