import type { Failure } from "../failure/failure.ts";

/** How a renewal ended. */
export type RenewalEnd =
  /** The section holds a session, a new one or one that was stored; `expiration` is ISO 8601. */
  | { readonly kind: "renewed"; readonly expiration: string; readonly isNew: boolean }
  | { readonly kind: "failed"; readonly failure: Failure };
