import { DEFAULT_WORLD } from "./default-world.ts";
import { randomDeviceSecret, randomId, randomSecretKey } from "./random-ids.ts";
import type {
  AccessKeyPair,
  MfaDevice,
  RoleOptions,
  SandboxOptions,
  UserOptions,
} from "./sandbox-options.ts";

const DEFAULT_ACCOUNT = "123456789012";

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

/** Builds the world that the options describe. */
export function buildWorld(options: SandboxOptions): World {
  const { users, roles, buckets, requireMfa } = { ...DEFAULT_WORLD, ...options };
  const createdAt = new Date();
  return {
    users: users.map(buildUser),
    roles: roles.map(buildRole),
    buckets: new Map(buckets.map((name) => [name, { name, createdAt, objects: new Map() }])),
    requireMfa,
  };
}

function buildUser(options: UserOptions): SandboxUser {
  const { name, accountId = DEFAULT_ACCOUNT, partition = "aws" } = options;
  const keys = typeof options.keys === "object" ? options.keys : randomKeys(options.keys ?? 1);
  const [first] = keys;
  if (!first) throw new Error(`Sandbox user ${name} needs at least one access key.`);
  const devices = (options.devices ?? []).map((device) =>
    typeof device === "string"
      ? { serial: `arn:${partition}:iam::${accountId}:mfa/${device}`, secret: randomDeviceSecret() }
      : device,
  );
  return {
    ...first,
    name,
    accountId,
    arn: `arn:${partition}:iam::${accountId}:user/${name}`,
    userId: randomId("AIDA", 17),
    keys,
    devices,
    get serial() {
      const [device] = devices;
      if (!device) throw new Error(`Sandbox user ${name} has no MFA device.`);
      return device.serial;
    },
  };
}

function randomKeys(count: number): AccessKeyPair[] {
  return Array.from({ length: count }, () => ({
    accessKeyId: randomId("AKIA"),
    secretAccessKey: randomSecretKey(),
  }));
}

function buildRole(options: RoleOptions): SandboxRole {
  const { name, accountId = DEFAULT_ACCOUNT, partition = "aws", trust = {} } = options;
  return {
    name,
    accountId,
    arn: `arn:${partition}:iam::${accountId}:role/${name}`,
    roleId: randomId("AROA", 17),
    principals: trust.principals ?? [accountId],
    mfa: trust.mfa ?? false,
    maxMfaAge: trust.maxMfaAge ?? Infinity,
    externalId: trust.externalId,
    maxSessionDuration: options.maxSessionDuration ?? 3600,
  };
}
