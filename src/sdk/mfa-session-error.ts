import { ExitCode, isAwsmfaError, type AwsmfaError } from "../core/errors.ts";
import { noSessionCode } from "../core/plan/no-session.ts";
import type { MfaSessionError } from "./types.ts";

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

function sdkError({ message, hint, code }: AwsmfaError): MfaSessionError {
  const text = hint === undefined ? message : `${message}\n  ${hint}`;
  const name = "CredentialsProviderError" as const;
  return Object.assign(new Error(text), { name, code, tryNextLink: code === noSessionCode });
}
