import { randomUUID } from "node:crypto";
import { AwsError } from "./aws-error.ts";
import { uploadedContent } from "./aws-chunked.ts";
import type { Incoming } from "./incoming.ts";
import type { Call } from "./operation.ts";
import { s3Document, s3Reply, type Reply } from "./reply.ts";
import { bucketOf } from "./s3-buckets.ts";
import { etagOf, store } from "./s3-objects.ts";

/** S3 CreateMultipartUpload: what a CLI does first with more than 8 MB. */
export function createMultipartUpload(call: Call): Reply {
  const { Bucket = "", Key = "" } = call.parameters;
  const UploadId = randomUUID();
  bucketOf(call).uploads.set(UploadId, new Map());
  return s3Document("InitiateMultipartUploadResult", { Bucket, Key, UploadId });
}

/** S3 UploadPart. */
export function uploadPart(call: Call, incoming: Incoming): Reply {
  const part = uploadedContent(incoming);
  partsOf(call).set(Number(call.parameters["partNumber"]), part);
  return s3Reply(200, "", { etag: etagOf(part) });
}

/** S3 CompleteMultipartUpload: every part that came, in the order of their numbers. */
export function completeMultipartUpload(call: Call): Reply {
  const { Bucket = "", Key = "", uploadId = "" } = call.parameters;
  const parts = [...partsOf(call)].sort(([a], [b]) => a - b).map(([, part]) => part);
  const { etag } = store(call, Buffer.concat(parts));
  bucketOf(call).uploads.delete(uploadId);
  return s3Document("CompleteMultipartUploadResult", { Bucket, Key, ETag: etag });
}

/** S3 AbortMultipartUpload. */
export function abortMultipartUpload(call: Call): Reply {
  bucketOf(call).uploads.delete(call.parameters["uploadId"] ?? "");
  return s3Reply(204);
}

function partsOf(call: Call): Map<number, Buffer> {
  const parts = bucketOf(call).uploads.get(call.parameters["uploadId"] ?? "");
  if (parts) return parts;
  throw new AwsError(404, "NoSuchUpload", "The specified upload does not exist.");
}
