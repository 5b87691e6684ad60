import { AwsmfaError, ExitCode } from "../../core/errors.ts";
import { printable } from "../../core/printable.ts";
import { errorCode } from "../../system/error-code.ts";

/** What the user has to set right. */
const configuration: Readonly<Record<string, string>> = {
  EACCES: "Check its permissions, its owner and those of its folder.",
  EPERM: "Check whether it, or its folder, is protected: immutable, or with a sticky bit.",
  EROFS: "The file system is mounted read-only.",
  ENOLCK:
    "Its file system knows no locks: name a file elsewhere, by AWS_CONFIG_FILE or AWS_SHARED_CREDENTIALS_FILE.",
  EBUSY: "It may be a mount of its own: mount its folder instead.",
  EISDIR: "A folder stands in its place.",
  ENOTDIR: "A file stands where its folder should be.",
  EEXIST: "A file stands where its folder should be.",
  ELOOP: "Its links lead back to themselves.",
  ENAMETOOLONG: "Its name is too long.",
};

/** The system's own trouble. */
const general: Readonly<Record<string, string>> = {
  ENOSPC: "The disk is full: make room.",
  EDQUOT: "Your share of the disk is full: make room.",
};

/** That a file cannot be written, in our words; what is no error of the system stays as it is. */
export function unwritable(path: string, error: unknown): unknown {
  const code = errorCode(error);
  if (!(error instanceof Error) || !/^E[A-Z0-9]+$/.test(code)) return error;
  const isChown = "syscall" in error && error.syscall === "fchown";
  const hint = isChown ? "You may not give it the owner and group it has." : configuration[code];
  return new AwsmfaError(`${printable(path)} cannot be written (${code}): nothing was changed.`, {
    code: "UnwritableFile",
    exitCode: hint === undefined ? ExitCode.general : ExitCode.configuration,
    hint: hint ?? general[code] ?? "Try again, or look for the fault in the file system.",
    cause: error,
  });
}
