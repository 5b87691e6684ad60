import { AwsError } from "./aws-error.ts";
import type { Call } from "./operation.ts";
import { s3Document, s3Reply, type Reply } from "./reply.ts";
import { emptyBucket, type SandboxBucket } from "./world.ts";

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

/** S3 CreateBucket; one that is there already stays as it is, as in us-east-1. */
export function createBucket({ parameters, state }: Call): Reply {
  const { Bucket = "" } = parameters;
  const { buckets } = state.world;
  if (!buckets.has(Bucket)) buckets.set(Bucket, emptyBucket(Bucket));
  return s3Reply(200, "", { location: `/${Bucket}` });
}

/** S3 DeleteBucket. */
export function deleteBucket(call: Call): Reply {
  const { name, objects } = bucketOf(call);
  if (objects.size > 0) {
    throw new AwsError(409, "BucketNotEmpty", "The bucket you tried to delete is not empty");
  }
  call.state.world.buckets.delete(name);
  return s3Reply(204);
}

/** The bucket that the call names; throws NoSuchBucket. */
export function bucketOf({ parameters, state }: Call): SandboxBucket {
  const { Bucket: BucketName = "" } = parameters;
  const bucket = state.world.buckets.get(BucketName);
  if (bucket) return bucket;
  const message = "The specified bucket does not exist";
  throw new AwsError(404, "NoSuchBucket", message, { BucketName });
}
