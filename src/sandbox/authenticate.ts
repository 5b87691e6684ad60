import type { AwsError } from "./aws-error.ts";
import type { Authorization } from "./authorization-header.ts";
import { identityOf, type Caller } from "./caller.ts";
import type { Incoming } from "./incoming.ts";
import { mistrust, type Mistrust } from "./mistrust.ts";
import { partitionOfArn, partitionOfRegion } from "./partition.ts";
import { sha256Hex } from "./sha256.ts";
import { signatureMatches } from "./signature-check.ts";
import { clockError, parseSigningDate } from "./signing-date.ts";

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
  const refusal = (reason: Mistrust): AwsError => mistrust(reason, service);
  const signedAt = parseSigningDate(request.headers["x-amz-date"]);
  if (!authorization || !signedAt) throw refusal("unsigned");
  const caller = find(authorization.accessKeyId);
  if (!caller || !isAtHome(caller, authorization.region)) throw refusal("unknown key");
  if (!tokenIsRight(caller, request.headers["x-amz-security-token"])) throw refusal("wrong token");
  if (caller.kind !== "long-term" && caller.expiresAt <= now.getTime()) throw refusal("expired");
  const skewed = clockError(signedAt, now, service);
  if (skewed) throw skewed;
  if (!(await signatureMatches(request, authorization, caller, signedAt)))
    throw refusal("wrong signature");
  if (!contentIsRight(request)) throw refusal("wrong content");
  return caller;
}

// A key of AWS GovCloud is unknown to the AWS of everybody else, and so on.
function isAtHome(caller: Caller, region: string): boolean {
  return partitionOfArn(identityOf(caller).Arn) === partitionOfRegion(region);
}

function tokenIsRight(caller: Caller, token: string | undefined): boolean {
  return token === (caller.kind === "long-term" ? undefined : caller.sessionToken);
}

function contentIsRight({ headers, body }: Incoming): boolean {
  const stated = headers["x-amz-content-sha256"];
  // Anything but a hash (UNSIGNED-PAYLOAD, STREAMING-…) says that the content is not signed so.
  return !stated || !/^[0-9a-f]{64}$/.test(stated) || stated === sha256Hex(body);
}
