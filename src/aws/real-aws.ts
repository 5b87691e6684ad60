import { closeSync, openSync, readSync, statSync } from "node:fs";
import { variable, type Environment } from "../core/environment.ts";
import { AwsmfaError, ExitCode } from "../core/errors.ts";
import { printable } from "../core/printable.ts";
import { findExecutable } from "../system/find-executable.ts";
import { isSameFile } from "../system/same-file.ts";

/** How much of a script is read to see whether it calls us. */
const headBytes = 1024;

/**
 * The real `aws`: the first on `PATH` that is not ourselves, or `AWS_MFA_AWS_PATH`.
 * Throws 127 where there is none and 126 where it may not be executed.
 */
export function findRealAws(env: Environment, ownPath: string): string {
  const chosen = variable(env, "AWS_MFA_AWS_PATH");
  let passedOver = false;
  const found = findExecutable(chosen ?? "aws", env, (path) => {
    const ours = callsUs(path, ownPath);
    passedOver ||= ours;
    return !ours;
  });
  if (found.kind === "found") return found.path;
  if (found.kind === "not-executable") {
    throw new AwsmfaError(`${printable(found.path)} is not executable.`, {
      code: "AwsNotExecutable",
      exitCode: ExitCode.cannotExecute,
      hint: "Give it execute permission (chmod +x), or point AWS_MFA_AWS_PATH at the AWS CLI.",
    });
  }
  throw new AwsmfaError(whyNone(chosen, passedOver), {
    code: "AwsNotFound",
    exitCode: ExitCode.commandNotFound,
    hint:
      "Install the AWS CLI (https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html)" +
      ", or set AWS_MFA_AWS_PATH.",
  });
}

function whyNone(chosen: string | undefined, passedOver: boolean): string {
  const place = chosen === undefined ? "on PATH" : `at ${printable(chosen)}`;
  return passedOver ? `the aws ${place} calls awsmfa itself.` : `no aws command ${place}.`;
}

/** Whether this `aws` would start awsmfa again, without end: a link to us, or a script that calls us. */
function callsUs(path: string, ownPath: string): boolean {
  try {
    if (isSameFile(statSync(path), statSync(ownPath))) return true;
    const head = readHead(path);
    return head.startsWith("#!") && /^[^#\n]*\bawsmfa\b[^\n]*\bsession\b/m.test(head);
  } catch {
    return false;
  }
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
