import { chmodSync } from "node:fs";
import { join } from "node:path";
import { sessionKey, type Identity } from "../../src/core/request/identity.ts";
import { requestFileName } from "../../src/core/session/session-file-name.ts";
import { formatSessionFile } from "../../src/core/session/session-file.ts";
import type { StoredRole } from "../../src/core/session/stored-role.ts";
import { sha256 } from "../../src/system/sha256.ts";
import type { Lab } from "./lab.ts";
import { fromNow } from "./times.ts";

interface Planted {
  /** Seconds until it expires; 43200 less its age by default. */
  readonly left?: number;
  /** Seconds since it was issued. */
  readonly age?: number;
  readonly profile?: string;
  readonly serial?: string;
  /** Of the keys it was asked for with. */
  readonly accessKeyId?: string;
  /** The session that was planted here before, and how many seconds it has left. */
  readonly replaces?: { readonly left: number };
  readonly role?: StoredRole;
}

const hour = 3600;

/** Leaves a session of alice's identity in the store, in a file of this name. */
export function plant(lab: Lab, name: string, planted: Planted): void {
  const { left = 9 * hour, age = 12 * hour - left, profile = name, replaces, role } = planted;
  const text = formatSessionFile({
    accessKeyId: plantedKey(name, replaces === undefined ? "1" : "2"),
    secretAccessKey: "planted-secret",
    sessionToken: "planted-token",
    expiration: fromNow(left),
    issued: fromNow(-age),
    profile: name.startsWith("%%keys") ? undefined : profile,
    identity: identityOf(lab, planted),
    role,
    replaced:
      replaces === undefined
        ? []
        : [{ accessKeyId: plantedKey(name, "1"), expiration: fromNow(replaces.left) }],
  });
  writeStored(lab, name, text);
}

/** The account of the roles that are planted. */
const account = "123456789012";

/**
 * Leaves the session of a role profile in the store, as the program would have. The chain goes from that
 * profile to the one with the keys; of one alone the code went into AssumeRole itself. Every role has the
 * name of its profile.
 */
export function plantRole(lab: Lab, chain: readonly [string, ...string[]], planted: Planted): void {
  const [profile, ...sources] = chain;
  const parametersOf = (name: string) => ({
    role_arn: `arn:aws:iam::${account}:role/${name}`,
    role_session_name: "phone",
    duration_seconds: sources.length === 0 ? 2 * hour : hour,
  });
  const before = sources.slice(0, -1);
  const assumed = [parametersOf(profile), ...before.map(parametersOf)] as const;
  const key = sessionKey(identityOf(lab, planted), assumed);
  const { left = 1800, age = hour - left } = planted;
  const role = { assumed, sources };
  plant(lab, requestFileName("role", profile, key, sha256), {
    ...planted,
    profile,
    left,
    age,
    role,
  });
}

function identityOf({ sandbox, serial: own }: Lab, planted: Planted): Identity {
  const { serial = own, accessKeyId = sandbox.user("alice").accessKeyId } = planted;
  return { base: { accessKeyId }, serial, endpoint: sandbox.url };
}

/** Leaves a session as the Ruby gem does: nothing tells whose it is. */
export function plantGemFile(lab: Lab, name: string, left: number): void {
  const file = {
    access_key_id: plantedKey(name, "1"),
    secret_access_key: "planted-secret",
    session_token: "planted-token",
    expiration: fromNow(left).toISOString(),
  };
  writeStored(lab, name, JSON.stringify(file));
}

function writeStored(lab: Lab, name: string, text: string): void {
  const path = lab.write(join(".aws/aws-mfa-secure-sessions", name), text);
  chmodSync(lab.store, 0o700);
  chmodSync(path, 0o600);
}

function plantedKey(name: string, generation: string): string {
  return `ASIAPLANTED${Buffer.from(name).toString("hex").toUpperCase()}${generation}`;
}
