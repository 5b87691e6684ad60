import { SignatureV4 } from "@smithy/signature-v4";
import { parseAuthorization, type Authorization } from "./authorization-header.ts";
import type { Incoming } from "./incoming.ts";
import type { AccessKeyPair } from "./sandbox-options.ts";
import { Sha256 } from "./sha256.ts";

/** Whether the request, signed anew with the keys, gets the signature that it came with. */
export async function signatureMatches(
  request: Incoming,
  authorization: Authorization,
  keys: AccessKeyPair,
  signingDate: Date,
): Promise<boolean> {
  const { signedHeaders, signature, service, region } = authorization;
  const { accessKeyId, secretAccessKey } = keys;
  const signer = new SignatureV4({
    credentials: { accessKeyId, secretAccessKey },
    region,
    service,
    sha256: Sha256,
    // S3 alone signs the path as it was sent; the others escape it once more.
    uriEscapePath: service !== "s3",
    applyChecksum: false,
  });
  const unsigned = Object.keys(request.headers).filter((name) => !signedHeaders.has(name));
  const signed = await signer.sign(
    { ...request, query: { ...request.query }, headers: { ...request.headers }, ...LOCATION },
    { signingDate, signableHeaders: new Set(signedHeaders), unsignableHeaders: new Set(unsigned) },
  );
  return parseAuthorization(signed.headers["authorization"])?.signature === signature;
}

// The signer's type asks for them; neither is part of what is signed.
const LOCATION = { protocol: "http:", hostname: "127.0.0.1" };
