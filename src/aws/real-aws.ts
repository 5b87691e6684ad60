import { closeSync, openSync, readSync, statSync } from "node:fs";
import { variable, type Environment } from "../core/environment.ts";
import { AwsmfaError, ExitCode } from "../core/errors.ts";
import { printable } from "../core/printable.ts";
import { findExecutable } from "../system/find-executable.ts";

/** How much of a script is read to see whether it calls us. */
const headBytes = 1024;

/**
 * The real `aws`: the first on `PATH` that is not ourselves, or `AWS_MFA_AWS_PATH`.
 * Throws 127 where there is none and 126 where it may not be executed.
 */
export function findRealAws(env: Environment, ownPath: string): string {
  const chosen = variable(env, "AWS_MFA_AWS_PATH");
  const found = findExecutable(chosen ?? "aws", env, (path) => !callsUs(path, ownPath));
  if (found.kind === "found") return found.path;
  if (found.kind === "not-executable") {
    throw new AwsmfaError(`${printable(found.path)} is not executable.`, {
      code: "AwsNotExecutable",
      exitCode: ExitCode.cannotExecute,
      hint: "Give it execute permission (chmod +x), or point AWS_MFA_AWS_PATH at the AWS CLI.",
    });
  }
  throw new AwsmfaError(
    chosen === undefined
      ? "no aws command on PATH (but for what calls awsmfa itself)."
      : `${printable(chosen)} (AWS_MFA_AWS_PATH) is missing, or calls awsmfa itself.`,
    {
      code: "AwsNotFound",
      exitCode: ExitCode.commandNotFound,
      hint:
        "Install the AWS CLI (https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html)" +
        ", or set AWS_MFA_AWS_PATH.",
    },
  );
}

/** Whether this `aws` would start awsmfa again, without end: a link to us, or a script that calls us. */
function callsUs(path: string, ownPath: string): boolean {
  try {
    if (isSameFile(path, ownPath)) return true;
    const head = readHead(path);
    return head.startsWith("#!") && /^[^#\n]*\bawsmfa\b[^\n]*\bsession\b/m.test(head);
  } catch {
    return false;
  }
}

function isSameFile(one: string, other: string): boolean {
  const [first, second] = [statSync(one), statSync(other)];
  return first.ino === second.ino && first.dev === second.dev;
}

function readHead(path: string): string {
  const fd = openSync(path, "r");
  try {
    const head = Buffer.alloc(headBytes);
    return head.toString("latin1", 0, readSync(fd, head, 0, headBytes, 0));
  } finally {
    closeSync(fd);
  }
}
