import { SignatureV4 } from "@smithy/signature-v4";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { Sha256 } from "../../src/sandbox/sha256.ts";
import type { Keys } from "./sts-client.ts";

export interface RawRequest {
  readonly service: "s3" | "iam" | "sts";
  readonly method?: string;
  readonly path?: string;
  readonly query?: Record<string, string>;
  readonly body?: string | Buffer;
  readonly headers?: Record<string, string>;
  readonly signingDate?: Date;
  /** Headers added behind the signature's back. */
  readonly forged?: Record<string, string>;
  /** A body put in place of the signed one. */
  readonly forgedBody?: string;
}

/** Signs a request as a client does and sends it as it is. */
export async function signedFetch(
  sandbox: Sandbox,
  keys: Keys,
  request: RawRequest,
): Promise<Response> {
  const { service, method = "GET", path = "/", query = {}, body, headers = {} } = request;
  const { hostname, host } = new URL(sandbox.url);
  const signer = new SignatureV4({
    service,
    region: "us-east-1",
    credentials: keys as { accessKeyId: string; secretAccessKey: string },
    sha256: Sha256,
    uriEscapePath: service !== "s3",
  });
  const unsigned = { method, protocol: "http:", hostname, path, query, body };
  const signed = await signer.sign(
    { ...unsigned, headers: { host, ...headers } },
    request.signingDate ? { signingDate: request.signingDate } : {},
  );
  const search = new URLSearchParams(query).toString().replaceAll("+", "%20");
  const content = request.forgedBody ?? body;
  return fetch(`${sandbox.url}${path}${search && `?${search}`}`, {
    method,
    headers: { ...signed.headers, ...request.forged },
    ...(content !== undefined && { body: content }),
  });
}

/** Code and text of an XML error. */
export async function errorOf(
  response: Response,
): Promise<readonly [status: number, code: string | undefined, message: string | undefined]> {
  const xml = await response.text();
  return [response.status, element(xml, "Code"), element(xml, "Message")];
}

/** The text of the first element with this name. */
export function element(xml: string, name: string): string | undefined {
  return new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1]?.replaceAll("&quot;", '"');
}
