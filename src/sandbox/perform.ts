import { AwsError } from "./aws-error.ts";
import { IAM } from "./iam.ts";
import { checkMfaPolicy } from "./mfa-policy.ts";
import type { Call, Request } from "./operation.ts";
import { queryReply, type Reply } from "./reply.ts";
import { S3 } from "./s3.ts";
import { STS } from "./sts.ts";

/** Performs an operation for a caller who is known, if the policy lets it; throws as AWS does. */
export function perform(request: Request, call: Call): Reply {
  const { service, operation, incoming } = request;
  checkMfaPolicy(request, call);
  const s3 = service === "s3" ? S3[operation] : undefined;
  if (s3) return s3(call, incoming);
  if (service === "sts" || service === "iam") {
    const handler = (service === "sts" ? STS : IAM)[operation];
    if (handler) return queryReply(service, operation, handler(call));
  }
  throw unknownOperation(request);
}

function unknownOperation({ service, operation }: Request): AwsError {
  if (service === "s3") {
    return new AwsError(501, "NotImplemented", "The sandbox has no such operation of S3.");
  }
  const version = service === "iam" ? "2010-05-08" : "2011-06-15";
  return new AwsError(
    400,
    "InvalidAction",
    `Could not find operation ${operation} for version ${version}`,
  );
}
