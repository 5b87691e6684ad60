import type { Incoming } from "./incoming.ts";
import type { Parameters } from "./operation.ts";

const OF_BUCKET: Readonly<Record<string, string>> = {
  HEAD: "HeadBucket",
  GET: "ListObjectsV2",
  PUT: "CreateBucket",
  DELETE: "DeleteBucket",
};

const OF_OBJECT: Readonly<Record<string, string>> = {
  GET: "GetObject",
  HEAD: "HeadObject",
  PUT: "PutObject",
  DELETE: "DeleteObject",
  "PUT copy": "CopyObject",
  "POST uploads": "CreateMultipartUpload",
  "PUT uploadId": "UploadPart",
  "POST uploadId": "CompleteMultipartUpload",
  "DELETE uploadId": "AbortMultipartUpload",
};

/** Which S3 operation a path-style request is, and on which bucket and key. */
export function s3Operation(incoming: Incoming): { operation: string; parameters: Parameters } {
  const { method, path, query } = incoming;
  const { bucket, key } = s3Location(path);
  const parameters = { ...query, ...(bucket && { Bucket: bucket }), ...(key && { Key: key }) };
  return { operation: nameOf(incoming, bucket, key) ?? method, parameters };
}

/** The bucket and the key in a path such as `/bucket/some/key`, each empty when it is missing. */
export function s3Location(path: string): { bucket: string; key: string } {
  const [bucket = "", ...rest] = path.replace(/^\//, "").split("/").map(decode);
  return { bucket, key: rest.join("/") };
}

function nameOf({ method, query, headers }: Incoming, bucket: string, key: string) {
  if (!bucket) return method === "GET" ? "ListBuckets" : undefined;
  if (!key) return OF_BUCKET[method];
  const steps = ["uploads", "uploadId"].filter((name) => name in query);
  if ("x-amz-copy-source" in headers) steps.push("copy");
  return OF_OBJECT[[method, ...steps].join(" ")];
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
