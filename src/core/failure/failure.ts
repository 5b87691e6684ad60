import type { AwsmfaError } from "../errors.ts";
import type { TroubleKind } from "./retry.ts";

/** Why there is no new session, in JSON for another process, and by what that may end. */
export interface Failure extends Pick<AwsmfaError, "code" | "exitCode" | "message"> {
  readonly hint?: string | undefined;
  readonly trouble: TroubleKind;
}

/** What another process needs to know of an error. */
export function failureOf(
  { code, exitCode, message, hint }: AwsmfaError,
  trouble: TroubleKind,
): Failure {
  return { code, exitCode, message, hint, trouble };
}
