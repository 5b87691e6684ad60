import { accessDenied, AwsError } from "./aws-error.ts";
import { identityOf, mfaTimeOf } from "./caller.ts";
import type { Call, Request } from "./operation.ts";
import type { SandboxUser } from "./world.ts";

// The S3 operations whose name in policies is another one.
const ACTIONS: Readonly<Record<string, string>> = {
  ListBuckets: "ListAllMyBuckets",
  HeadBucket: "ListBucket",
  ListObjectsV2: "ListBucket",
  HeadObject: "GetObject",
  CopyObject: "PutObject",
  CreateMultipartUpload: "PutObject",
  UploadPart: "PutObject",
  CompleteMultipartUpload: "PutObject",
};

/**
 * The policy of every user of the sandbox: without MFA all is denied but STS and listing one's own
 * devices (https://repost.aws/knowledge-center/mfa-iam-user-aws-cli). Throws AWS's refusal.
 */
export function checkMfaPolicy(request: Request, { caller, state }: Call): void {
  const { service, operation, parameters } = request;
  if (service === "sts" || caller.kind === "role-session") return;
  if (mfaTimeOf(caller) !== undefined) return;
  if (service === "iam" && caller.kind === "user-session") throw sessionWithoutMfaInIam();
  if (!state.world.requireMfa) return;
  const ownDevices =
    operation === "ListMFADevices" &&
    (parameters["UserName"] ?? caller.user.name) === caller.user.name;
  if (ownDevices) return;
  throw accessDenied(
    `User: ${identityOf(caller).Arn} is not authorized to perform: ${service}:${ACTIONS[operation] ?? operation}${resourceOf(request, caller.user)} with an explicit deny in an identity-based policy`,
  );
}

function resourceOf({ service, parameters }: Request, { name }: SandboxUser): string {
  if (service === "iam") return ` on resource: user ${parameters["UserName"] ?? name}`;
  const { Bucket, Key } = parameters;
  if (!Bucket) return "";
  return ` on resource: "arn:aws:s3:::${Bucket}${Key === undefined ? "" : `/${Key}`}"`;
}

// "You cannot call any IAM API operations unless MFA authentication information is included":
// https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html
function sessionWithoutMfaInIam(): AwsError {
  return new AwsError(
    403,
    "InvalidClientTokenId",
    "The security token included in the request is invalid.",
  );
}
