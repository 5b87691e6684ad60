import { AwsError } from "./aws-error.ts";

type Refusal = readonly [status: number, code: string, message: string];

const WRONG_CONTENT = [
  400,
  "XAmzContentSHA256Mismatch",
  "The provided 'x-amz-content-sha256' header does not match what was computed.",
] as const;

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
    query: WRONG_CONTENT,
    s3: WRONG_CONTENT,
  },
} as const satisfies Record<string, { query: Refusal; s3: Refusal }>;

/** Why a request is not believed to come from whom it says. */
export type Mistrust = keyof typeof REFUSALS;

/** The words of STS and IAM, or those of S3, for a request that is not believed. */
export function mistrust(reason: Mistrust, service: string): AwsError {
  const [status, code, message]: Refusal = REFUSALS[reason][service === "s3" ? "s3" : "query"];
  return new AwsError(status, code, message);
}
