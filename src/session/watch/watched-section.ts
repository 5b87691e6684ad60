import type { IniSection } from "../../core/aws-files/ini.ts";
import type { ExitCode } from "../../core/errors.ts";
import { sessionKeys } from "../../core/refresh/short-term.ts";
import type { Moment } from "../../core/watch/deadline.ts";
import type { TroubleKind } from "../../core/failure/retry.ts";
import type { SectionState } from "../../core/watch/watch-event.ts";
import type { WatchOrder } from "../../core/watch/watch-order.ts";

/** What a watcher knows of a section between two looks at it. */
export interface WatchedSection {
  readonly order: WatchOrder;
  /** When it is to be renewed. */
  readonly deadline: Moment;
  /** When its session ends; undefined where none is known. */
  readonly expiration: Date | undefined;
  /** What it held when that was found out: while it holds this, `deadline` counts, not the clock. */
  readonly content: string | undefined;
  /** When it got another session; undefined where it has none of us yet. */
  readonly renewed: Moment | undefined;
  /** Why the files do not say what it is to get; undefined where they do. */
  readonly obstacle: Trouble | undefined;
  /** Why the last attempt to renew it failed; undefined where it did not. */
  readonly failed: FailedAttempt | undefined;
}

/** What went wrong, again and again. */
export interface Trouble {
  readonly message: string;
  readonly exitCode: ExitCode;
  /** How often, one time after the other. */
  readonly times: number;
  readonly retry: Moment;
}

/** What came of asking. */
export interface FailedAttempt extends Trouble {
  readonly kind: TroubleKind;
  /** What was asked for: if another request takes its place, that may fare better. */
  readonly request: string;
}

/** A section of which nothing is known yet, and which is due. */
export function unknownSection(order: WatchOrder, now: Moment): WatchedSection {
  const nothing = { expiration: undefined, content: undefined, renewed: undefined };
  return { order, deadline: now, ...nothing, obstacle: undefined, failed: undefined };
}

/** The trouble that a section is in. */
export function troubleOf({ obstacle, failed }: WatchedSection): Trouble | undefined {
  return obstacle ?? failed;
}

/** When it is to be looked at again. */
export function nextMoment(section: WatchedSection): Moment {
  return troubleOf(section)?.retry ?? section.deadline;
}

/** A text that differs wherever anything of a section's session does; undefined for no section. */
export function contentOf(section: IniSection | undefined): string | undefined {
  if (section === undefined) return undefined;
  return JSON.stringify(ownKeys.map((key) => section.entries.get(key)?.value ?? null));
}

const ownKeys = ["aws_access_key_id", "aws_secret_access_key", ...sessionKeys];

/** How it stands, for the journal. */
export function stateOf(section: WatchedSection): SectionState {
  const { order, expiration } = section;
  const isTroubled = troubleOf(section) !== undefined;
  return { target: order.target, expiration, next: nextMoment(section).time, isTroubled };
}
