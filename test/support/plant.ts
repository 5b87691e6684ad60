import { chmodSync } from "node:fs";
import { join } from "node:path";
import { formatSessionFile } from "../../src/core/session-file.ts";
import type { Lab } from "./lab.ts";

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
}

const hour = 3600;

/** Leaves a session of alice's identity in the store, in a file of this name. */
export function plant(lab: Lab, name: string, planted: Planted): void {
  const { left = 9 * hour, age = 12 * hour - left, profile = name, replaces } = planted;
  const { serial = lab.serial, accessKeyId = lab.sandbox.user("alice").accessKeyId } = planted;
  const text = formatSessionFile({
    accessKeyId: plantedKey(name, replaces === undefined ? "1" : "2"),
    secretAccessKey: "planted-secret",
    sessionToken: "planted-token",
    expiration: fromNow(left),
    issued: fromNow(-age),
    profile: name.startsWith("%%keys") ? undefined : profile,
    identity: { base: { accessKeyId }, serial, endpoint: lab.sandbox.url },
    replaced:
      replaces === undefined
        ? []
        : [{ accessKeyId: plantedKey(name, "1"), expiration: fromNow(replaces.left) }],
  });
  writeStored(lab, name, text);
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

function fromNow(seconds: number): Date {
  return new Date(Date.now() + seconds * 1000);
}
