import { DEFAULT_WORLD } from "./default-world.ts";
import { randomDeviceSecret, randomId, randomSecretKey } from "./random-ids.ts";
import type { AccessKeyPair, RoleOptions, SandboxOptions, UserOptions } from "./sandbox-options.ts";
import { emptyBucket, type SandboxRole, type SandboxUser, type World } from "./world.ts";

const DEFAULT_ACCOUNT = "123456789012";

/** Builds the world that the options describe. */
export function buildWorld(options: SandboxOptions): World {
  const { users, roles, buckets, requireMfa } = { ...DEFAULT_WORLD, ...options };
  return {
    users: users.map(buildUser),
    roles: roles.map(buildRole),
    buckets: new Map(buckets.map((name) => [name, emptyBucket(name)])),
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
