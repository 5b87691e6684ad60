import { randomBytes, randomInt } from "node:crypto";

const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** A fresh AWS unique identifier: a prefix such as `AKIA` and `length` characters of base 32. */
export function randomId(prefix: string, length = 16): string {
  return prefix + Array.from({ length }, () => BASE32[randomInt(BASE32.length)]).join("");
}

/** A fresh secret access key: 40 characters, as long as AWS's own. */
export function randomSecretKey(): string {
  return randomBytes(30).toString("base64");
}

/** A fresh session token of exactly `length` characters. */
export function randomToken(length: number): string {
  return `FwoGZXIvYXdz${randomBytes(length).toString("base64")}`.slice(0, length);
}

/** A fresh seed of an MFA device: 160 bits in base 32, as authenticator apps take it. */
export function randomDeviceSecret(): string {
  return randomId("", 32);
}
