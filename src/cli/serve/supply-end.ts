import type { Failure } from "../../core/failure/failure.ts";
import type { SessionText } from "../../core/session/session-text.ts";

/** How it went to get a session in a process of its own. */
export type SupplyEnd =
  | { readonly kind: "supplied"; readonly session: SessionText }
  | { readonly kind: "failed"; readonly failure: Failure };
