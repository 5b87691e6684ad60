import { AwsmfaError, ExitCode } from "../core/errors.ts";
import { printable } from "../core/printable.ts";
import { errorCode } from "../system/error-code.ts";

const hints: Readonly<Record<string, string>> = {
  EACCES: "Check its permissions, its owner and those of its folder.",
  EPERM: "Its owner and group must stay as they are, and you may not set them.",
  EROFS: "The file system is mounted read-only.",
  ENOLCK: "Its file system knows no locks: name a file elsewhere by AWS_SHARED_CREDENTIALS_FILE.",
  EBUSY: "It may be a mount of its own: mount its folder instead.",
};

/** What the user has to set right; anything else is the system's trouble. */
const ofTheUser = new Set([...Object.keys(hints), "ENOTDIR", "EEXIST", "ELOOP", "ENAMETOOLONG"]);

/** That a file cannot be written, in our words; what is no error of the system stays as it is. */
export function unwritable(path: string, error: unknown): unknown {
  const code = errorCode(error);
  if (!(error instanceof Error) || !/^E[A-Z0-9]+$/.test(code)) return error;
  return new AwsmfaError(`${printable(path)} cannot be written (${code}): nothing was changed.`, {
    code: "UnwritableFile",
    exitCode: ofTheUser.has(code) ? ExitCode.configuration : ExitCode.general,
    ...(hints[code] && { hint: hints[code] }),
    cause: error,
  });
}
