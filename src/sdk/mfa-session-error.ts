import { ExitCode, failureText, isAwsmfaError, type AwsmfaError } from "../core/errors.ts";
import { noSessionCode } from "../core/plan/no-session.ts";
import { unknownProfileCode } from "../core/plan/plain-session.ts";
import type { MfaSessionError } from "./types.ts";

/** Where other providers may know better; `fromIni` lets a chain go on there, too. */
const nextLinkCodes: ReadonlySet<string> = new Set([noSessionCode, unknownProfileCode]);

/**
 * An error as providers of the SDK throw it. What is none of ours stays as it is. A ^C at our prompt ends the
 * program, as it would have without us, unless that listens to it.
 */
export function toSdkError(error: unknown): unknown {
  if (!isAwsmfaError(error)) return error;
  if (error.exitCode === ExitCode.interrupted && process.listenerCount("SIGINT") === 0) {
    process.kill(process.pid, "SIGINT");
  }
  return sdkError(error);
}

function sdkError(error: AwsmfaError): MfaSessionError {
  const { code } = error;
  const name = "CredentialsProviderError" as const;
  return Object.assign(new Error(failureText(error)), {
    name,
    code,
    tryNextLink: nextLinkCodes.has(code),
  });
}
