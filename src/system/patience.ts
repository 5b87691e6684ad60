import type { Holder } from "./lock-attempt.ts";

/** How long to wait for a holder, in milliseconds. */
export interface Patience {
  /** One that needs no more time than this need not be mentioned. */
  readonly silentMs: number;
  /** The same for one that has left no name, where that is more. */
  readonly namelessMs?: number;
  /** Infinity where somebody sits at a terminal, who can end the waiting. */
  readonly timeoutMs: number;
}

/** What a waiting process does in time. */
export interface WhenWaiting<Result> {
  /** Tells its user of the holder: called once at most. */
  readonly say: (holder: Holder) => void;
  readonly giveUp: (holder: Holder) => Result;
}

/** To be called while one waits, from now on: says so in time, and ends the waiting in time. */
export function patience<Result>(
  { silentMs, namelessMs = 0, timeoutMs }: Patience,
  { say, giveUp }: WhenWaiting<Result>,
): (holder: Holder) => Result | undefined {
  const started = performance.now();
  let said = false;
  return (holder) => {
    const waited = performance.now() - started;
    if (waited > timeoutMs) return giveUp(holder);
    if (!said && waited > (holder.pid === undefined ? Math.max(silentMs, namelessMs) : silentMs)) {
      said = true;
      say(holder);
    }
    return undefined;
  };
}
