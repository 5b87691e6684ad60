import type { AwsmfaError } from "../errors.ts";
import type { TroubleKind } from "./retry.ts";

/** What a process that renews a section tells the watcher that has started it. */
export type RenewalReport =
  | { readonly kind: "say" | "say-once"; readonly text: string }
  /** The section holds a session, a new one or one that was stored; `expiration` is ISO 8601. */
  | { readonly kind: "renewed"; readonly expiration: string; readonly isNew: boolean }
  | { readonly kind: "failed"; readonly failure: RenewalFailure };

/** Why it does not. */
export interface RenewalFailure extends Pick<AwsmfaError, "code" | "exitCode" | "message"> {
  readonly hint?: string;
  readonly trouble: TroubleKind;
}
