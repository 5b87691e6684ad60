import type { Context } from "../core/context.ts";
import { isSwitchedOn } from "../core/environment.ts";
import { ExitCode, failureText, isAwsmfaError } from "../core/errors.ts";
import { endBySignal } from "../system/end-process.ts";
import { errorCode } from "../system/error-code.ts";

/** Tells what went wrong and sets the exit code. The only place where errors end. */
export function reportFailure(error: unknown, { env, report }: Context): void {
  if (!isAwsmfaError(error)) {
    if (errorCode(error) === "EPIPE") {
      // Whoever read what we print wants no more of it.
      endBySignal("SIGPIPE");
      return;
    }
    const { message, stack } = error as Error;
    const hint = "AWS_MFA_DEBUG=1 shows where.";
    report.say(isSwitchedOn(env, "AWS_MFA_DEBUG") ? String(stack) : `${message}\n  ${hint}`);
    process.exitCode = ExitCode.general;
    return;
  }
  if (error.exitCode === ExitCode.interrupted) {
    // Exit status 130 for every shell, and the end of the loop that we may run in.
    endBySignal("SIGINT");
    return;
  }
  report.say(failureText(error));
  report.debug(`error code ${error.code}, exit code ${error.exitCode}`);
  process.exitCode = error.exitCode;
}
