import type { STSClientConfig } from "@aws-sdk/client-sts";
import { configurationError } from "../core/errors.ts";
import type { Environment } from "../core/environment.ts";
import type { Keys } from "../core/keys.ts";
import { printable } from "../core/printable.ts";
import {
  withoutUserInfo,
  type Service,
  type ServiceTarget,
} from "../core/service/service-target.ts";
import { httpAgents } from "./http-agents.ts";

/** Settings that the clients of all services have. */
type Settings = Pick<
  STSClientConfig,
  | "region"
  | "endpoint"
  | "ignoreConfiguredEndpointUrls"
  | "useDualstackEndpoint"
  | "useFipsEndpoint"
  | "defaultsMode"
  | "retryMode"
  | "maxAttempts"
  | "authSchemePreference"
  | "disableClockSkewCorrection"
  | "userAgentAppId"
  | "requestHandler"
>;

interface Asked {
  readonly service: Service;
  readonly target: ServiceTarget;
  readonly env: Environment;
  /** AWS's own endpoint of the region; throws where there is none. */
  readonly ownEndpoint: (settings: Settings, region: string) => URL;
}

/** In milliseconds. */
const timeouts = { connectionTimeout: 10_000, requestTimeout: 30_000, throwOnRequestTimeout: true };

/**
 * Settings of a client that reads no AWS file: everything the SDK would look up is given. Throws 253 where
 * no request could be made with them at all.
 */
export function clientSettings({ service, target, env, ownEndpoint }: Asked): Settings {
  const region = checkedRegion(target.region);
  const settings: Settings = {
    region,
    ...(target.endpointUrl === undefined ? {} : { endpoint: target.endpointUrl }),
    ignoreConfiguredEndpointUrls: true,
    useDualstackEndpoint: false,
    useFipsEndpoint: false,
    defaultsMode: "standard",
    retryMode: "standard",
    // Retries are ours: a code must not be sent twice blindly.
    maxAttempts: 1,
    authSchemePreference: [],
    disableClockSkewCorrection: false,
    userAgentAppId: "awsmfa",
  };
  const url =
    target.endpointUrl === undefined
      ? endpointOf(region, () => ownEndpoint(settings, region))
      : parseUrl(target.endpointUrl, service);
  return { ...settings, requestHandler: { ...timeouts, ...httpAgents(url, target, env) } };
}

/** The keys as the SDK takes them. */
export function sdkCredentials({ accessKeyId, secretAccessKey, sessionToken }: Keys) {
  return { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) };
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

function endpointOf(region: string, find: () => URL): URL {
  try {
    return withoutVersionNotice(find);
  } catch (error) {
    throw regionError(region, error);
  }
}

function parseUrl(text: string, service: Service): URL {
  if (/^https?:\/\//i.test(text) && URL.canParse(text)) return new URL(text);
  const shown = printable(withoutUserInfo(text));
  throw configurationError("InvalidEndpoint", `"${shown}" is not an endpoint URL.`, {
    hint: `Check AWS_ENDPOINT_URL_${service}, AWS_ENDPOINT_URL and endpoint_url: http(s)://host[:port].`,
  });
}

/** On Node 20 the SDK would print a notice to stderr, which is ours. */
export function withoutVersionNotice<Result>(create: () => Result): Result {
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
