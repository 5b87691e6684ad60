/** Exit codes of the AWS CLI's own table, which scripts already handle (`aws help return-codes`). */
export const ExitCode = {
  usage: 252,
  configuration: 253,
  refused: 254,
  general: 255,
  cannotExecute: 126,
  commandNotFound: 127,
  interrupted: 130,
} as const;

export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

interface AwsmfaErrorOptions {
  /** Stable and machine-readable: ours (`NoTerminal`) or AWS's own (`AccessDenied`). */
  code: string;
  exitCode: ExitCode;
  /** What the user can do about it. */
  hint?: string;
  cause?: unknown;
}

const brand = Symbol.for("awsmfa.error");

/** A failure that the user can understand: what happened, what to do, and how the process ends. */
export class AwsmfaError extends Error {
  override readonly name = "AwsmfaError";
  readonly [brand] = true;
  readonly code: string;
  readonly exitCode: ExitCode;
  readonly hint: string | undefined;

  constructor(message: string, { code, exitCode, hint, cause }: AwsmfaErrorOptions) {
    super(message, { cause });
    this.code = code;
    this.exitCode = exitCode;
    this.hint = hint;
  }
}

/** Recognises our error even when another bundle of this program threw it. */
export function isAwsmfaError(error: unknown): error is AwsmfaError {
  return typeof error === "object" && error !== null && brand in error;
}

/** What happened, and below it what to do. */
export function failureText({ message, hint }: Pick<AwsmfaError, "message" | "hint">): string {
  return hint === undefined ? message : `${message}\n  ${hint}`;
}

/** A fault of the user's files, variables or terminal: exit code 253, as the AWS CLI has it. */
export function configurationError(
  code: string,
  message: string,
  more: { hint?: string; cause?: unknown } = {},
): AwsmfaError {
  return new AwsmfaError(message, { code, exitCode: ExitCode.configuration, ...more });
}

/** Options that do not fit together: exit code 252. */
export function usageError(message: string, hint: string): AwsmfaError {
  return new AwsmfaError(message, { code: "Usage", exitCode: ExitCode.usage, hint });
}

/** The same error with one more line of what the user can do about it. */
export function withHint(error: AwsmfaError, more: string): AwsmfaError {
  const { message, code, exitCode, hint, cause } = error;
  const hints = hint === undefined ? more : `${hint}\n  ${more}`;
  return new AwsmfaError(message, { code, exitCode, hint: hints, cause });
}

/** The user wants no more: ^C at a prompt. */
export function interruptedError(): AwsmfaError {
  return new AwsmfaError("interrupted", { code: "Interrupted", exitCode: ExitCode.interrupted });
}
