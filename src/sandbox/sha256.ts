import { createHash, createHmac, type BinaryLike, type Hash, type Hmac } from "node:crypto";

type Source = string | ArrayBuffer | ArrayBufferView;

/** SHA-256, with a key HMAC-SHA-256, in the shape in which `@smithy/signature-v4` takes it. */
export class Sha256 {
  readonly #key: BinaryLike | undefined;
  #hash: Hash | Hmac;

  constructor(key?: Source) {
    this.#key = key === undefined ? undefined : binary(key);
    this.#hash = start(this.#key);
  }

  update(chunk: Source): void {
    this.#hash.update(binary(chunk));
  }

  digest(): Promise<Uint8Array> {
    return Promise.resolve(this.#hash.digest());
  }

  reset(): void {
    this.#hash = start(this.#key);
  }
}

function start(key: BinaryLike | undefined): Hash | Hmac {
  return key === undefined ? createHash("sha256") : createHmac("sha256", key);
}

function binary(source: Source): BinaryLike {
  if (typeof source === "string") return source;
  if (source instanceof ArrayBuffer) return Buffer.from(source);
  return Buffer.from(source.buffer, source.byteOffset, source.byteLength);
}

/** The SHA-256 of some bytes in hexadecimal. */
export function sha256Hex(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}
