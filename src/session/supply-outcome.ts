import type { Failure } from "../core/failure/failure.ts";
import type { Session } from "../core/session/session.ts";

/** How it went to get a session. */
export type SupplyOutcome =
  | { readonly kind: "supplied"; readonly session: Session }
  | { readonly kind: "failed"; readonly failure: Failure };
