import { STSClient, type STSClientConfig } from "@aws-sdk/client-sts";
import { configurationError } from "../core/errors.ts";
import type { Environment } from "../core/environment.ts";
import type { Keys } from "../core/keys.ts";
import { printable } from "../core/printable.ts";
import { withoutUserInfo, type StsTarget } from "../core/sts/sts-target.ts";
import { stsAgents } from "./sts-agents.ts";

interface StsAccess {
  readonly keys: Keys;
  readonly sts: StsTarget;
  readonly env: Environment;
}

/** In milliseconds. */
const timeouts = { connectionTimeout: 10_000, requestTimeout: 30_000, throwOnRequestTimeout: true };

/** Throws 253 where no request could be made at all, so that nobody is asked for a code in vain. */
export function checkStsTarget(sts: StsTarget, env: Environment): void {
  connection(sts, env);
}

/** A client for these keys, and what it takes to reach STS. Throws 253 where that is impossible. */
export function createStsClient({ keys, sts, env }: StsAccess): STSClient {
  const { accessKeyId, secretAccessKey, sessionToken } = keys;
  const credentials = { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) };
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
  return { ...config, requestHandler: { ...timeouts, ...stsAgents(url, sts, env) } };
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
