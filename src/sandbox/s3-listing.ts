import type { Call } from "./operation.ts";
import { s3Document, type Reply } from "./reply.ts";
import { bucketOf } from "./s3-buckets.ts";
import type { SandboxObject } from "./world.ts";
import type { Xml } from "./xml.ts";

/** S3 ListObjectsV2 in a single page. */
export function listObjects(call: Call): Reply {
  const { prefix = "", delimiter = "" } = call.parameters;
  const encode =
    call.parameters["encoding-type"] === "url" ? encodeURIComponent : (text: string) => text;
  const bucket = bucketOf(call);
  const found = [...bucket.objects].filter(([key]) => key.startsWith(prefix));
  const folderOf = (key: string): string => {
    const at = delimiter ? key.indexOf(delimiter, prefix.length) : -1;
    return at < 0 ? "" : key.slice(0, at + delimiter.length);
  };
  const folders = new Set(found.map(([key]) => folderOf(key)).filter(Boolean));
  const files = found.filter(([key]) => !folderOf(key)).sort(([a], [b]) => (a < b ? -1 : 1));
  return s3Document("ListBucketResult", {
    Name: bucket.name,
    Prefix: encode(prefix),
    EncodingType: call.parameters["encoding-type"],
    KeyCount: files.length + folders.size,
    MaxKeys: 1000,
    IsTruncated: false,
    Contents: files.map(([key, object]) => contents(encode(key), object)),
    CommonPrefixes: [...folders].map((folder) => ({ Prefix: encode(folder) })),
  });
}

function contents(Key: string, { body, etag, modifiedAt }: SandboxObject): Xml {
  const LastModified = modifiedAt.toISOString();
  return { Key, LastModified, ETag: etag, Size: body.length, StorageClass: "STANDARD" };
}
