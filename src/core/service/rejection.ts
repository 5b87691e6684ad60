/** What a service, or the way to it, answered instead of what was asked for. */
export interface Rejection {
  /** AWS's own code (`AccessDenied`), the network's (`ECONNREFUSED`), or `unexpectedAnswer`. */
  readonly code: string;
  readonly message: string;
  /** HTTP status; undefined where no answer came. */
  readonly status: number | undefined;
  /** The clock of the answer. */
  readonly serverTime: Date | undefined;
}

/** The code of an answer that is not AWS's: the page of a proxy or of a captive portal. */
export const unexpectedAnswer = "UnexpectedAnswer";

/** `MultiFactorAuthentication failed with invalid MFA one time pass code.` */
export function isWrongCode(rejection: Rejection): boolean {
  return (
    rejection.code === "AccessDenied" && /invalid MFA one time pass code/i.test(rejection.message)
  );
}

/** Whether AWS has never heard of the key, or no longer knows it. */
export function isUnknownKey({ code }: Rejection): boolean {
  return code === "InvalidClientTokenId" || code === "UnrecognizedClientException";
}

/** Whether the session that the request was signed with is over. */
export function isExpired({ code }: Rejection): boolean {
  return code === "ExpiredToken" || code === "ExpiredTokenException";
}

/** Codes of a request that came too early or too late (and `SignatureDoesNotMatch: Signature expired`). */
export function isClockFault({ code, message }: Rejection): boolean {
  if (/^(RequestExpired|RequestTimeTooSkewed|RequestInTheFuture)$/.test(code)) return true;
  return code === "SignatureDoesNotMatch" && /signature (expired|not yet current)/i.test(message);
}
