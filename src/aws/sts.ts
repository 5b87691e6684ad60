import { readFileSync } from "node:fs";
import type { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import { setTimeout as sleep } from "node:timers/promises";
import {
  GetSessionTokenCommand,
  STSClient,
  type Credentials,
  type STSClientConfig,
} from "@aws-sdk/client-sts";
import { HttpProxyAgent } from "http-proxy-agent";
import { HttpsProxyAgent } from "https-proxy-agent";
import { getProxyForUrl } from "proxy-from-env";
import type { MfaCode } from "../core/code.ts";
import { configurationError } from "../core/errors.ts";
import type { Environment } from "../core/environment.ts";
import { printable } from "../core/printable.ts";
import type { Session } from "../core/session.ts";
import { isClockFault, type StsRejection } from "../core/sts-failure.ts";
import type { StsTarget } from "../core/sts-target.ts";
import { expandPath } from "../system/paths.ts";
import { errorCode } from "../system/private-file.ts";

export interface SessionTokenRequest {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly serial: string;
  readonly code: MfaCode;
  /** 900 to 129600. */
  readonly seconds: number;
  readonly sts: StsTarget;
  readonly env: Environment;
}

export type StsAnswer =
  { kind: "session"; session: Session } | { kind: "rejected"; rejection: StsRejection };

const timeouts = { connectionTimeout: 10_000, requestTimeout: 30_000, throwOnRequestTimeout: true };

const mostAttempts = 3;

/** Asks STS for an MFA session (GetSessionToken). Whatever goes wrong there is an answer too. */
export async function getSessionToken(request: SessionTokenRequest): Promise<StsAnswer> {
  const client = createClient(request);
  const command = new GetSessionTokenCommand({
    SerialNumber: request.serial,
    TokenCode: request.code,
    DurationSeconds: request.seconds,
  });
  try {
    for (let attempt = 1; ; attempt++) {
      try {
        const answer = await client.send(command);
        return { kind: "session", session: toSession(answer.Credentials) };
      } catch (error) {
        const rejection = toRejection(error);
        if (attempt === mostAttempts || !leavesCodeUnspent(rejection)) {
          return { kind: "rejected", rejection };
        }
        await sleep(150 * 2 ** attempt * (0.5 + Math.random()));
      }
    }
  } finally {
    client.destroy();
  }
}

/**
 * Whether the same code may be sent again. Once a request may have arrived its code may be spent, so
 * only those are repeated that were refused before the code was looked at, or never got there.
 */
function leavesCodeUnspent(rejection: StsRejection): boolean {
  const { code, status } = rejection;
  if (status === undefined) return code === "ECONNREFUSED" || code === "EAI_AGAIN";
  // The SDK has set its clock by the refusal.
  return isClockFault(rejection) || /^(Throttling|RequestLimitExceeded)/.test(code);
}

/** A client that reads no AWS file: everything the SDK would look up is given. */
function createClient({ accessKeyId, secretAccessKey, sts, env }: SessionTokenRequest): STSClient {
  const config: STSClientConfig = {
    region: sts.region,
    credentials: { accessKeyId, secretAccessKey },
    ...(sts.endpointUrl === undefined ? {} : { endpoint: sts.endpointUrl }),
    ignoreConfiguredEndpointUrls: true,
    useDualstackEndpoint: false,
    useFipsEndpoint: false,
    defaultsMode: "standard",
    retryMode: "standard",
    // Retries are ours: a code must not be sent twice blindly.
    maxAttempts: 1,
    authSchemePreference: [],
    sigv4aSigningRegionSet: [],
    userAgentAppId: "awsmfa",
  };
  return withoutVersionNotice(() => {
    const url = endpointOf(config);
    return new STSClient({ ...config, requestHandler: { ...timeouts, ...agents(url, sts, env) } });
  });
}

function endpointOf(config: STSClientConfig): URL {
  if (typeof config.endpoint === "string") return parseUrl(config.endpoint);
  const { endpointProvider } = new STSClient(config).config;
  const Region = String(config.region);
  try {
    return endpointProvider({ Region, UseGlobalEndpoint: false }).url;
  } catch (error) {
    throw configurationError("InvalidRegion", `"${printable(Region)}" is not a region.`, {
      hint: "Check AWS_REGION, AWS_DEFAULT_REGION and the profile's region.",
      cause: error,
    });
  }
}

function parseUrl(text: string): URL {
  if (/^https?:\/\//i.test(text) && URL.canParse(text)) return new URL(text);
  throw configurationError("InvalidEndpoint", `"${printable(text)}" is not an endpoint URL.`, {
    hint: "Check AWS_ENDPOINT_URL_STS, AWS_ENDPOINT_URL and endpoint_url: http(s)://host[:port].",
  });
}

function agents(
  url: URL,
  { caBundle }: StsTarget,
  env: Environment,
): { httpAgent?: HttpAgent; httpsAgent?: HttpsAgent } {
  const proxy = getProxyForUrl(url.href);
  if (url.protocol === "http:") return proxy ? { httpAgent: new HttpProxyAgent(proxy) } : {};
  const ca = caBundle === undefined ? undefined : readCertificates(expandPath(env, caBundle));
  if (!proxy) return ca === undefined ? {} : { httpsAgent: new HttpsAgent({ ca }) };
  const agent = new HttpsProxyAgent(proxy, ca === undefined ? {} : { ca });
  // The constructor's `ca` serves the connection to the proxy alone.
  if (ca !== undefined) agent.options.ca = ca;
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

function toSession(credentials: Credentials | undefined): Session {
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = credentials ?? {};
  if (!AccessKeyId || !SecretAccessKey || !SessionToken || !Expiration) {
    throw Object.assign(new Error("no credentials"), { $metadata: { httpStatusCode: 200 } });
  }
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
    expiration: Expiration,
  };
}

interface SdkError {
  name?: string;
  code?: string;
  message?: string;
  $metadata?: { httpStatusCode?: number };
  $response?: { statusCode?: number; headers?: Record<string, string> };
}

function toRejection(error: unknown): StsRejection {
  const { name, code, message = "", $metadata, $response } = error as SdkError;
  const status = $metadata?.httpStatusCode ?? $response?.statusCode;
  const date = new Date($response?.headers?.["date"] ?? Number.NaN);
  return {
    code: (status === undefined ? code : undefined) ?? name ?? "UnknownError",
    message: message.slice(0, 500),
    status,
    serverTime: Number.isNaN(date.getTime()) ? undefined : date,
  };
}

/** On Node 20 the SDK would print a notice to stderr, which is ours. */
function withoutVersionNotice<Result>(create: () => Result): Result {
  const name = "AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED";
  const before = process.env[name];
  process.env[name] = "true";
  try {
    return create();
  } finally {
    if (before === undefined) delete process.env[name];
    else process.env[name] = before;
  }
}
