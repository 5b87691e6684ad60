import type { Incoming } from "./incoming.ts";
import type { Parameters } from "./operation.ts";

const OF_BUCKET: Readonly<Record<string, string>> = {
  HEAD: "HeadBucket",
  GET: "ListObjectsV2",
};

const OF_OBJECT: Readonly<Record<string, string>> = {
  GET: "GetObject",
  HEAD: "HeadObject",
  PUT: "PutObject",
  DELETE: "DeleteObject",
  "POST uploads": "CreateMultipartUpload",
  "PUT uploadId": "UploadPart",
  "POST uploadId": "CompleteMultipartUpload",
  "DELETE uploadId": "AbortMultipartUpload",
};

/** Which S3 operation a path-style request is, and on which bucket and key. */
export function s3Operation(incoming: Incoming): { operation: string; parameters: Parameters } {
  const { method, path, query } = incoming;
  const [, bucket = "", ...rest] = path.split("/").map(decode);
  const key = rest.join("/");
  const parameters = { ...query, ...(bucket && { Bucket: bucket }), ...(key && { Key: key }) };
  if (!bucket) return { operation: method === "GET" ? "ListBuckets" : "", parameters };
  if (!key) return { operation: OF_BUCKET[method] ?? "", parameters };
  const step = ["uploads", "uploadId"].find((name) => name in query);
  return { operation: OF_OBJECT[step ? `${method} ${step}` : method] ?? "", parameters };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
