import { unexpectedAnswer, type Rejection } from "../core/service/rejection.ts";

/** What is thrown of an answer without what was asked for. */
export function emptyAnswer(message: string): Error {
  return Object.assign(new Error(message), { $metadata: { httpStatusCode: 200 } });
}

interface SdkError {
  /** Only errors that AWS itself answered have one. */
  $fault?: string;
  name?: string;
  code?: string;
  message?: string;
  $metadata?: { httpStatusCode?: number };
  $response?: { statusCode?: number; headers?: Record<string, string> };
}

/** What went wrong, without the secrets that AWS may quote. */
export function toRejection(error: unknown, secrets: readonly string[]): Rejection {
  const { message = "", $metadata, $response } = error as SdkError;
  const status = $metadata?.httpStatusCode ?? $response?.statusCode;
  const date = new Date($response?.headers?.["date"] ?? Number.NaN);
  return {
    code: codeOf(error as SdkError, status),
    // AWS quotes what it does not like.
    message: secrets.reduce((text, secret) => text.replaceAll(secret, "…"), message).slice(0, 500),
    status,
    serverTime: Number.isNaN(date.getTime()) ? undefined : date,
  };
}

function codeOf({ name = "UnknownError", code, $fault }: SdkError, status?: number): string {
  if (status === undefined) return code ?? name;
  // The SDK says `Unknown` where an error has no code.
  return $fault === undefined || name.startsWith("Unknown") ? unexpectedAnswer : name;
}
