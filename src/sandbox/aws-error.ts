/** A refusal as AWS would word it, whichever protocol carries it. */
export class AwsError extends Error {
  override readonly name = "AwsError";
  readonly status: number;
  readonly code: string;
  /** More elements of the reply, such as S3's `ServerTime`. */
  readonly details: Readonly<Record<string, string>>;

  constructor(
    status: number,
    code: string,
    message: string,
    details: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.details = details;
  }
}

/** 403 AccessDenied. */
export function accessDenied(message: string): AwsError {
  return new AwsError(403, "AccessDenied", message);
}

/** 400 ValidationError, the answer to a parameter out of its bounds. */
export function validationError(message: string): AwsError {
  return new AwsError(400, "ValidationError", message);
}
