import type { AwsmfaError } from "../errors.ts";
import type { TroubleKind } from "./retry.ts";

/** How a renewal ended. */
export type RenewalEnd =
  /** The section holds a session, a new one or one that was stored; `expiration` is ISO 8601. */
  | { readonly kind: "renewed"; readonly expiration: string; readonly isNew: boolean }
  | { readonly kind: "failed"; readonly failure: RenewalFailure };

/** Why it does not. */
export interface RenewalFailure extends Pick<AwsmfaError, "code" | "exitCode" | "message"> {
  readonly hint?: string | undefined;
  readonly trouble: TroubleKind;
}

/** What the watcher needs to know of an error. */
export function failureOf(
  { code, exitCode, message, hint }: AwsmfaError,
  trouble: TroubleKind,
): RenewalFailure {
  return { code, exitCode, message, hint, trouble };
}
