import { readFileSync } from "node:fs";
import type { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import { setTimeout as sleep } from "node:timers/promises";
import { checkServerIdentity } from "node:tls";
import {
  GetSessionTokenCommand,
  STSClient,
  type Credentials,
  type STSClientConfig,
} from "@aws-sdk/client-sts";
import { HttpProxyAgent } from "http-proxy-agent";
import { HttpsProxyAgent } from "https-proxy-agent";
import type { MfaCode } from "../core/code.ts";
import { configurationError } from "../core/errors.ts";
import type { Environment } from "../core/environment.ts";
import { printable } from "../core/printable.ts";
import type { Session } from "../core/session.ts";
import { isClockFault, unexpectedAnswer, type StsRejection } from "../core/sts-failure.ts";
import { proxyFor } from "../core/sts-proxy.ts";
import { withoutUserInfo, type StsTarget } from "../core/sts-target.ts";
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

/** Throws 253 where no request could be made at all, so that nobody is asked for a code in vain. */
export function checkStsTarget(sts: StsTarget, env: Environment): void {
  connection(sts, env);
}

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
        const rejection = toRejection(error, [request.code, request.secretAccessKey]);
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

function createClient({ accessKeyId, secretAccessKey, sts, env }: SessionTokenRequest): STSClient {
  const credentials = { accessKeyId, secretAccessKey };
  return withoutVersionNotice(() => new STSClient({ ...connection(sts, env), credentials }));
}

/** Settings of a client that reads no AWS file: everything the SDK would look up is given. */
function connection(sts: StsTarget, env: Environment): STSClientConfig {
  const config: STSClientConfig = {
    region: checkedRegion(sts.region),
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
    disableClockSkewCorrection: false,
    userAgentAppId: "awsmfa",
  };
  const url = withoutVersionNotice(() => endpointOf(config));
  return { ...config, requestHandler: { ...timeouts, ...agents(url, sts, env) } };
}

/** botocore's `validate_region_name`. The SDK would complain on stderr by itself. */
function checkedRegion(region: string): string {
  if (/^(?!\d+$)(?!-)[a-zA-Z0-9-]{1,63}(?<!-)$/.test(region)) return region;
  throw regionError(region);
}

function regionError(region: string, cause?: unknown): Error {
  return configurationError("InvalidRegion", `"${printable(region)}" is not a region.`, {
    hint: "Check AWS_REGION, AWS_DEFAULT_REGION and the profile's region.",
    cause,
  });
}

function endpointOf(config: STSClientConfig): URL {
  if (typeof config.endpoint === "string") return parseUrl(config.endpoint);
  const { endpointProvider } = new STSClient(config).config;
  const Region = String(config.region);
  try {
    return endpointProvider({ Region, UseGlobalEndpoint: false }).url;
  } catch (error) {
    throw regionError(Region, error);
  }
}

function parseUrl(text: string): URL {
  if (/^https?:\/\//i.test(text) && URL.canParse(text)) return new URL(text);
  const shown = printable(withoutUserInfo(text));
  throw configurationError("InvalidEndpoint", `"${shown}" is not an endpoint URL.`, {
    hint: "Check AWS_ENDPOINT_URL_STS, AWS_ENDPOINT_URL and endpoint_url: http(s)://host[:port].",
  });
}

function agents(
  url: URL,
  { caBundle }: StsTarget,
  env: Environment,
): { httpAgent?: HttpAgent; httpsAgent?: HttpsAgent } {
  const proxy = proxyFor(url, env);
  if (url.protocol === "http:") return proxy ? { httpAgent: new HttpProxyAgent(proxy) } : {};
  const ca = caBundle === undefined ? undefined : readCertificates(expandPath(env, caBundle));
  if (!proxy) return ca === undefined ? {} : { httpsAgent: new HttpsAgent({ ca }) };
  const agent = new HttpsProxyAgent(proxy, ca === undefined ? {} : { ca });
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
  /** Only errors that AWS itself answered have one. */
  $fault?: string;
  name?: string;
  code?: string;
  message?: string;
  $metadata?: { httpStatusCode?: number };
  $response?: { statusCode?: number; headers?: Record<string, string> };
}

function toRejection(error: unknown, secrets: readonly string[]): StsRejection {
  const { message = "", $metadata, $response } = error as SdkError;
  const status = $metadata?.httpStatusCode ?? $response?.statusCode;
  const date = new Date($response?.headers?.["date"] ?? Number.NaN);
  return {
    code: codeOf(error as SdkError, status),
    // AWS quotes what it does not like.
    message: secrets.reduce((text, secret) => text.replaceAll(secret, "…"), message).slice(0, 500),
    status,
    serverTime: Number.isNaN(date.getTime()) ? undefined : date,
  };
}

function codeOf({ name = "UnknownError", code, $fault }: SdkError, status?: number): string {
  if (status === undefined) return code ?? name;
  // The SDK says `Unknown` where an error has no code.
  return $fault === undefined || name.startsWith("Unknown") ? unexpectedAnswer : name;
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
