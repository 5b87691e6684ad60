import { AwsError } from "./aws-error.ts";
import type { Call } from "./operation.ts";
import { s3Document, s3Reply, type Reply } from "./reply.ts";
import type { SandboxBucket, SandboxObject } from "./world.ts";
import type { Xml } from "./xml.ts";

/** S3 ListBuckets. */
export function listBuckets({ state }: Call): Reply {
  const Bucket = [...state.world.buckets.values()].map(({ name, createdAt }) => ({
    Name: name,
    CreationDate: createdAt.toISOString(),
  }));
  return s3Document("ListAllMyBucketsResult", {
    Owner: { ID: "sandbox" },
    Buckets: { Bucket },
  });
}

/** S3 HeadBucket. */
export function headBucket(call: Call): Reply {
  bucketOf(call);
  return s3Reply(200);
}

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

/** The bucket that the call names; throws NoSuchBucket. */
export function bucketOf({ parameters, state }: Call): SandboxBucket {
  const { Bucket: BucketName = "" } = parameters;
  const bucket = state.world.buckets.get(BucketName);
  if (bucket) return bucket;
  const message = "The specified bucket does not exist";
  throw new AwsError(404, "NoSuchBucket", message, { BucketName });
}
