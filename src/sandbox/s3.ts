import type { Incoming } from "./incoming.ts";
import type { Call } from "./operation.ts";
import type { Reply } from "./reply.ts";
import { createBucket, deleteBucket, headBucket, listBuckets } from "./s3-buckets.ts";
import { listObjects } from "./s3-listing.ts";
import {
  abortMultipartUpload,
  completeMultipartUpload,
  createMultipartUpload,
  uploadPart,
} from "./s3-multipart.ts";
import { copyObject, deleteObject, getObject, putObject } from "./s3-objects.ts";

/** The operations of S3 by name. */
export const S3: Readonly<Record<string, (call: Call, incoming: Incoming) => Reply>> = {
  ListBuckets: listBuckets,
  HeadBucket: headBucket,
  CreateBucket: createBucket,
  DeleteBucket: deleteBucket,
  ListObjectsV2: listObjects,
  GetObject: getObject,
  HeadObject: getObject,
  PutObject: putObject,
  CopyObject: copyObject,
  DeleteObject: deleteObject,
  CreateMultipartUpload: createMultipartUpload,
  UploadPart: uploadPart,
  CompleteMultipartUpload: completeMultipartUpload,
  AbortMultipartUpload: abortMultipartUpload,
};
