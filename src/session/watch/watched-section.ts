import type { IniSection } from "../../core/aws-files/ini.ts";
import type { ExitCode } from "../../core/errors.ts";
import { sessionKeys } from "../../core/refresh/short-term.ts";
import type { Moment } from "../../core/watch/deadline.ts";
import type { TroubleKind } from "../../core/watch/retry.ts";
import type { SectionState } from "../../core/watch/watch-event.ts";
import type { WatchOrder } from "../../core/watch/watch-order.ts";

/** What a watcher knows of a section between two looks at it. */
export interface WatchedSection {
  readonly order: WatchOrder;
  /** When it is to be renewed, or tried again to be. */
  readonly deadline: Moment;
  /** When its session ends; undefined where none is known. */
  readonly expiration: Date | undefined;
  /** What it held when that was found out: as long as it holds this, no clock makes a difference. */
  readonly content: string | undefined;
  /** When it got another session; undefined where it has none of us yet. */
  readonly renewed: Moment | undefined;
  readonly trouble: SectionTrouble | undefined;
}

/** Why it has no session, or no new one. */
export interface SectionTrouble {
  readonly kind: TroubleKind;
  readonly message: string;
  readonly exitCode: ExitCode;
  /** How often it was so, one time after the other. */
  readonly failures: number;
  /** What was asked for, where it came to that: if another request takes its place, that may fare better. */
  readonly request: string | undefined;
  /** How it stood before, where it did not come to that. */
  readonly before: Pick<WatchedSection, "trouble" | "deadline"> | undefined;
}

/** A section of which nothing is known yet, and which is due. */
export function unknownSection(order: WatchOrder, now: Moment): WatchedSection {
  const nothing = { expiration: undefined, content: undefined, renewed: undefined };
  return { order, deadline: now, ...nothing, trouble: undefined };
}

/** A text that differs wherever anything of a section's session does; undefined for no section. */
export function contentOf(section: IniSection | undefined): string | undefined {
  if (section === undefined) return undefined;
  return JSON.stringify(ownKeys.map((key) => section.entries.get(key)?.value ?? null));
}

const ownKeys = ["aws_access_key_id", "aws_secret_access_key", ...sessionKeys];

/** How it stands, for the journal. */
export function stateOf({ order, deadline, expiration, trouble }: WatchedSection): SectionState {
  const { target } = order;
  return { target, expiration, next: deadline.time, isTroubled: trouble !== undefined };
}
