import type { Moment } from "../../core/watch/deadline.ts";
import type { RenewalReport } from "../../core/watch/renewal-report.ts";
import type { Journal } from "../../core/watch/watch-event.ts";
import type { Renewal } from "./renew-section.ts";

/** How a renewal ended. */
export type RenewalEnd = Extract<RenewalReport, { kind: "renewed" | "failed" }>;

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
  /** Since when somebody wants new sessions at once; undefined where nobody does. Asked for once. */
  takeAsked(): Moment | undefined;
  /** Whether everything is to be looked at again. Asked for once. */
  takeLook(): boolean;
}
