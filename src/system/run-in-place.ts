import type { Environment } from "../core/environment.ts";
import { AwsmfaError, ExitCode } from "../core/errors.ts";
import { printable } from "../core/printable.ts";
import { endLike } from "./end-process.ts";
import { errorCode } from "./error-code.ts";
import { runChild, type ChildEnd } from "./run-child.ts";

/** Runs a program in our place and ends as it ends. Throws 126 or 127 where it cannot run. */
export async function runInPlace(
  path: string,
  args: readonly string[],
  env: Environment,
  descriptors?: readonly number[] | undefined,
): Promise<void> {
  endInPlace(path, await runChild(path, args, env, descriptors));
}

/** Ends as a program has ended that ran in our place. Throws 126 or 127 where it could not run. */
export function endInPlace(path: string, end: ChildEnd): void {
  if (end.kind !== "failed") {
    endLike(end);
    return;
  }
  const missing = errorCode(end.error) === "ENOENT";
  throw new AwsmfaError(`${printable(path)} could not be started (${errorCode(end.error)}).`, {
    code: "NotStarted",
    exitCode: missing ? ExitCode.commandNotFound : ExitCode.cannotExecute,
    hint: "Run it by itself to see what is wrong with it.",
    cause: end.error,
  });
}
