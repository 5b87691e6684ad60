import type { AccessKeyPair, MfaDevice } from "./sandbox-options.ts";

/** An IAM user of the sandbox. */
export interface SandboxUser extends AccessKeyPair {
  readonly name: string;
  readonly accountId: string;
  readonly arn: string;
  readonly userId: string;
  /** Every key pair; `accessKeyId` and `secretAccessKey` beside it are those of the first. */
  readonly keys: readonly AccessKeyPair[];
  readonly devices: readonly MfaDevice[];
  /** The serial of the first device; throws where the user has none. */
  readonly serial: string;
}

/** An IAM role of the sandbox. */
export interface SandboxRole {
  readonly name: string;
  readonly accountId: string;
  readonly arn: string;
  readonly roleId: string;
  readonly principals: readonly string[];
  readonly mfa: boolean;
  /** Seconds; infinite where the trust policy does not limit the age. */
  readonly maxMfaAge: number;
  readonly externalId: string | undefined;
  readonly maxSessionDuration: number;
}

/** An S3 bucket and its objects by key. */
export interface SandboxBucket {
  readonly name: string;
  readonly createdAt: Date;
  readonly objects: Map<string, SandboxObject>;
  /** The parts of unfinished multipart uploads, by upload id and part number. */
  readonly uploads: Map<string, Map<number, Buffer>>;
}

/** The content of an S3 object. */
export interface SandboxObject {
  readonly body: Buffer;
  readonly contentType: string;
  readonly etag: string;
  readonly modifiedAt: Date;
}

/** Everything that exists in a sandbox. */
export interface World {
  readonly users: readonly SandboxUser[];
  readonly roles: readonly SandboxRole[];
  readonly buckets: Map<string, SandboxBucket>;
  readonly requireMfa: boolean;
}

/** A bucket made now. */
export function emptyBucket(name: string): SandboxBucket {
  return { name, createdAt: new Date(), objects: new Map(), uploads: new Map() };
}
