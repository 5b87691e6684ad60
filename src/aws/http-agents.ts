import { readFileSync } from "node:fs";
import type { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import { checkServerIdentity } from "node:tls";
import { HttpProxyAgent } from "http-proxy-agent";
import { HttpsProxyAgent } from "https-proxy-agent";
import type { Environment } from "../core/environment.ts";
import { configurationError } from "../core/errors.ts";
import { printable } from "../core/printable.ts";
import { proxyFor } from "../core/service/service-proxy.ts";
import type { ServiceTarget } from "../core/service/service-target.ts";
import { expandPath } from "../system/paths.ts";
import { errorCode } from "../system/error-code.ts";

/** Node's own way to a URL, or one through the proxy and with the certificates that the AWS CLI would use. */
export function httpAgents(
  url: URL,
  { caBundle }: ServiceTarget,
  env: Environment,
): { httpAgent?: HttpAgent; httpsAgent?: HttpsAgent } {
  const proxy = proxyFor(url, env);
  if (url.protocol === "http:") return proxy ? { httpAgent: new HttpProxyAgent(proxy) } : {};
  const ca = caBundle === undefined ? undefined : readCertificates(expandPath(env, caBundle));
  // Said out loud, for NODE_TLS_REJECT_UNAUTHORIZED=0 is not meant for a request with a code in it.
  const trust = { rejectUnauthorized: true, ...(ca === undefined ? {} : { ca }) };
  if (!proxy) return { httpsAgent: new HttpsAgent(trust) };
  const agent = new HttpsProxyAgent(proxy, trust);
  agent.options.rejectUnauthorized = true;
  // The constructor's `ca` serves the connection to the proxy alone.
  if (ca !== undefined) agent.options.ca = ca;
  // Where the host is an address, the agent would compare the certificate with `localhost`.
  const host = url.hostname.replace(/^\[|\]$/g, "");
  agent.options.checkServerIdentity = (_name, certificate) =>
    checkServerIdentity(host, certificate);
  return { httpsAgent: agent };
}

function readCertificates(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw configurationError(
      "UnreadableCertificates",
      `the certificates in ${printable(path)} cannot be read (${errorCode(error)}).`,
      { hint: "Check AWS_CA_BUNDLE and ca_bundle.", cause: error },
    );
  }
}
