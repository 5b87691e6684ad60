import type { RenewalReason } from "../refresh/renewal-due.ts";

/** What a watcher has to tell. `target` is the section of the credentials file that it keeps fresh. */
export type WatchEvent =
  /** The section holds what is wanted: at the start, or since another process has written it. */
  | ({ readonly kind: "valid" } & Kept)
  /** A session is being got for it. */
  | { readonly kind: "due"; readonly target: string; readonly reason: RenewalReason }
  | ({ readonly kind: "renewed" } & Kept)
  | ({ readonly kind: "trouble" } & Trouble)
  /** What the way to a session has to say: `a code is six digits.` */
  | { readonly kind: "notice"; readonly text: string }
  | { readonly kind: "ended"; readonly signal: NodeJS.Signals };

/** A section with a session in it. */
interface Kept {
  readonly target: string;
  readonly expiration: Date;
  /** When the next one will be asked for. */
  readonly renewal: Date;
}

/** Why a section did not get its session. */
interface Trouble {
  readonly target: string;
  /** As that of an error: `NoCode`, `AccessDenied`. */
  readonly code: string;
  readonly message: string;
  readonly hint: string | undefined;
  /** When it is tried again; undefined where it is not. */
  readonly retry: Date | undefined;
}

/** How a section stands while nothing happens. */
export interface SectionState {
  readonly target: string;
  /** When its session ends; undefined where none is known. */
  readonly expiration: Date | undefined;
  /** When the next one is asked for, or tried again to be got. */
  readonly next: Date;
  /** Whether the last attempt failed. */
  readonly isTroubled: boolean;
}

/** Where a watcher tells what happens. */
export interface Journal {
  tell(event: WatchEvent): void;
  /** Nothing happens for a while: on a terminal one line shows how things stand. */
  idle(states: readonly SectionState[]): void;
  /** Takes that line away, for others are about to write to the terminal. */
  clear(): void;
}
