import { createHash } from "node:crypto";
import { AwsError } from "./aws-error.ts";
import { uploadedContent } from "./aws-chunked.ts";
import { bucketOf } from "./s3-buckets.ts";
import type { Call } from "./operation.ts";
import { s3Document, s3Reply, type Reply } from "./reply.ts";
import { s3Location } from "./s3-operation-name.ts";
import type { Incoming } from "./incoming.ts";
import type { SandboxObject } from "./world.ts";

/** S3 PutObject. */
export function putObject(call: Call, incoming: Incoming): Reply {
  const object = store(call, uploadedContent(incoming), incoming.headers["content-type"]);
  return s3Reply(200, "", { etag: object.etag });
}

/** S3 CopyObject: what `aws s3 mv` and `aws s3 cp` do within S3. */
export function copyObject(call: Call, incoming: Incoming): Reply {
  const { bucket, key } = s3Location(incoming.headers["x-amz-copy-source"] ?? "");
  const source = find({ ...call, parameters: { Bucket: bucket, Key: key } });
  const { etag, modifiedAt } = store(call, source.body, source.contentType);
  return s3Document("CopyObjectResult", { ETag: etag, LastModified: modifiedAt.toISOString() });
}

/** S3 GetObject and HeadObject (the server leaves out the body), in whole or a range of bytes. */
export function getObject(call: Call, incoming: Incoming): Reply {
  const { body, etag, contentType, modifiedAt } = find(call);
  const headers = {
    etag,
    "content-type": contentType,
    "last-modified": modifiedAt.toUTCString(),
    "accept-ranges": "bytes",
  };
  const [, first, last] = /^bytes=(\d+)-(\d*)$/.exec(incoming.headers["range"] ?? "") ?? [];
  if (first === undefined) return s3Reply(200, body, headers);
  const end = Math.min(last ? Number(last) + 1 : body.length, body.length);
  return s3Reply(206, body.subarray(Number(first), end), {
    ...headers,
    "content-range": `bytes ${first}-${end - 1}/${body.length}`,
  });
}

/** S3 DeleteObject, which succeeds whether there was one or not. */
export function deleteObject(call: Call): Reply {
  bucketOf(call).objects.delete(call.parameters["Key"] ?? "");
  return s3Reply(204);
}

/** Keeps the content under the bucket and key that the call names. */
export function store(
  call: Call,
  body: Buffer,
  contentType = "binary/octet-stream",
): SandboxObject {
  const object = { body, contentType, etag: etagOf(body), modifiedAt: call.state.now() };
  bucketOf(call).objects.set(call.parameters["Key"] ?? "", object);
  return object;
}

/** The entity tag that S3 gives to some bytes. */
export function etagOf(body: Buffer): string {
  return `"${createHash("md5").update(body).digest("hex")}"`;
}

function find(call: Call): SandboxObject {
  const { Key = "" } = call.parameters;
  const object = bucketOf(call).objects.get(Key);
  if (object) return object;
  throw new AwsError(404, "NoSuchKey", "The specified key does not exist.", { Key });
}
