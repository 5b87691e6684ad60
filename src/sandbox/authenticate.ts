import { AwsError } from "./aws-error.ts";
import type { Authorization } from "./authorization-header.ts";
import type { Caller } from "./caller.ts";
import type { Incoming } from "./incoming.ts";
import { sha256Hex } from "./sha256.ts";
import { signatureMatches } from "./signature-check.ts";
import { clockError, parseSigningDate } from "./signing-date.ts";

type Refusal = readonly [status: number, code: string, message: string];

const REFUSALS = {
  unsigned: {
    query: [403, "MissingAuthenticationToken", "Request is missing Authentication Token"],
    s3: [403, "AccessDenied", "Access Denied"],
  },
  "unknown key": {
    query: [403, "InvalidClientTokenId", "The security token included in the request is invalid."],
    s3: [
      403,
      "InvalidAccessKeyId",
      "The AWS Access Key Id you provided does not exist in our records.",
    ],
  },
  "wrong token": {
    query: [403, "InvalidClientTokenId", "The security token included in the request is invalid."],
    s3: [400, "InvalidToken", "The provided token is malformed or otherwise invalid."],
  },
  expired: {
    query: [403, "ExpiredToken", "The security token included in the request is expired"],
    s3: [400, "ExpiredToken", "The provided token has expired."],
  },
  "wrong signature": {
    query: [
      403,
      "SignatureDoesNotMatch",
      "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.",
    ],
    s3: [
      403,
      "SignatureDoesNotMatch",
      "The request signature we calculated does not match the signature you provided. Check your key and signing method.",
    ],
  },
  "wrong content": {
    query: [
      400,
      "XAmzContentSHA256Mismatch",
      "The provided 'x-amz-content-sha256' header does not match what was computed.",
    ],
    s3: [
      400,
      "XAmzContentSHA256Mismatch",
      "The provided 'x-amz-content-sha256' header does not match what was computed.",
    ],
  },
} as const satisfies Record<string, { query: Refusal; s3: Refusal }>;

/** What authentication stands on. */
export interface Authenticator {
  readonly find: (accessKeyId: string) => Caller | undefined;
  readonly now: Date;
  readonly service: string;
}

/** Finds out who signed the request; throws what AWS answers when that cannot be trusted. */
export async function authenticate(
  request: Incoming,
  authorization: Authorization | undefined,
  { find, now, service }: Authenticator,
): Promise<Caller> {
  const refusal = (reason: keyof typeof REFUSALS): AwsError => {
    const [status, code, message]: Refusal = REFUSALS[reason][service === "s3" ? "s3" : "query"];
    return new AwsError(status, code, message);
  };
  const signedAt = parseSigningDate(request.headers["x-amz-date"]);
  if (!authorization || !signedAt) throw refusal("unsigned");
  const caller = find(authorization.accessKeyId);
  if (!caller) throw refusal("unknown key");
  if (!tokenIsRight(caller, request.headers["x-amz-security-token"])) throw refusal("wrong token");
  if (caller.kind !== "long-term" && caller.expiresAt <= now.getTime()) throw refusal("expired");
  const skewed = clockError(signedAt, now, service);
  if (skewed) throw skewed;
  if (!(await signatureMatches(request, authorization, caller, signedAt)))
    throw refusal("wrong signature");
  if (!contentIsRight(request)) throw refusal("wrong content");
  return caller;
}

function tokenIsRight(caller: Caller, token: string | undefined): boolean {
  return token === (caller.kind === "long-term" ? undefined : caller.sessionToken);
}

function contentIsRight({ headers, body }: Incoming): boolean {
  const stated = headers["x-amz-content-sha256"];
  // Anything but a hash (UNSIGNED-PAYLOAD, STREAMING-…) says that the content is not signed so.
  return !stated || !/^[0-9a-f]{64}$/.test(stated) || stated === sha256Hex(body);
}
