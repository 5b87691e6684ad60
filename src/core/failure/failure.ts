import type { AwsmfaError } from "../errors.ts";
import { troubleKind, type TroubleKind } from "./retry.ts";

/** Why there is no new session, in JSON for another process, and by what that may end. */
export interface Failure extends Pick<AwsmfaError, "code" | "exitCode" | "message"> {
  readonly hint?: string | undefined;
  readonly trouble: TroubleKind;
}

/** What another process needs to know of an error; its kind of trouble, unless something else is known. */
export function failureOf(error: AwsmfaError, trouble: TroubleKind = troubleKind(error)): Failure {
  const { code, exitCode, message, hint } = error;
  return { code, exitCode, message, hint, trouble };
}
