import type { Incoming } from "./incoming.ts";
import type { Call } from "./operation.ts";
import type { Reply } from "./reply.ts";
import { headBucket, listBuckets, listObjects } from "./s3-buckets.ts";
import {
  abortMultipartUpload,
  completeMultipartUpload,
  createMultipartUpload,
  uploadPart,
} from "./s3-multipart.ts";
import { deleteObject, getObject, putObject } from "./s3-objects.ts";

/** The operations of S3 by name. */
export const S3: Readonly<Record<string, (call: Call, incoming: Incoming) => Reply>> = {
  ListBuckets: listBuckets,
  HeadBucket: headBucket,
  ListObjectsV2: listObjects,
  GetObject: getObject,
  HeadObject: getObject,
  PutObject: putObject,
  DeleteObject: deleteObject,
  CreateMultipartUpload: createMultipartUpload,
  UploadPart: uploadPart,
  CompleteMultipartUpload: completeMultipartUpload,
  AbortMultipartUpload: abortMultipartUpload,
};
