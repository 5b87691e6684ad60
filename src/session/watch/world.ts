import type { Moment } from "../../core/watch/deadline.ts";
import type { RenewalEnd } from "../../core/watch/renewal-end.ts";
import type { Journal } from "../../core/watch/watch-event.ts";
import type { Renewal } from "../../core/watch/watch-order.ts";

/** What a watcher lives by: a test has a world of its own, where a day takes no time. */
export interface World {
  moment(): Moment;
  /** Ends early when somebody calls. */
  sleep(ms: number): Promise<void>;
  readonly calls: Calls;
  /** Gets a session for a section, and writes it. */
  renew(renewal: Renewal): Promise<RenewalEnd>;
  readonly journal: Journal;
  /** From 0 to 1. */
  random(): number;
}

/** What somebody wants of a watcher. */
export interface Calls {
  /** Whether it is to end. */
  readonly isOver: boolean;
  /** When somebody called for new sessions; undefined where nobody has. Answers once. */
  takeAsked(): Moment | undefined;
  /** Whether everything is to be looked at again. Answers once. */
  takeLook(): boolean;
}
