import type { Call } from "./operation.ts";
import { s3Document, type Reply } from "./reply.ts";
import type { Incoming } from "./incoming.ts";

/** The operations of S3 by name. */
export const S3: Readonly<Record<string, (call: Call, incoming: Incoming) => Reply>> = {
  ListBuckets: listBuckets,
};

function listBuckets({ state }: Call): Reply {
  const Bucket = [...state.world.buckets.values()].map(({ name, createdAt }) => ({
    Name: name,
    CreationDate: createdAt.toISOString(),
  }));
  return s3Document("ListAllMyBucketsResult", {
    Owner: { ID: "sandbox" },
    Buckets: { Bucket },
  });
}
