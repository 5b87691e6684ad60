import { STSClient, type STSClientConfig } from "@aws-sdk/client-sts";
import type { Environment } from "../core/environment.ts";
import type { Keys } from "../core/keys.ts";
import type { ServiceTarget } from "../core/service/service-target.ts";
import { clientSettings, sdkCredentials, withoutVersionNotice } from "./client-settings.ts";

interface StsAccess {
  readonly keys: Keys;
  readonly sts: ServiceTarget;
  readonly env: Environment;
  readonly requestHandler?: unknown;
}

/** Throws 253 where no request could be made at all, so that nobody is asked for a code in vain. */
export function checkTarget(sts: ServiceTarget, env: Environment): void {
  connection(sts, env);
}

/** A client for these keys, and what it takes to reach STS. Throws 253 where that is impossible. */
export function createStsClient({ keys, sts, env, requestHandler }: StsAccess): STSClient {
  const own = connection(sts, env);
  const settings = requestHandler === undefined ? own : { ...own, requestHandler };
  const credentials = sdkCredentials(keys);
  return withoutVersionNotice(() => new STSClient({ ...settings, credentials } as STSClientConfig));
}

function connection(sts: ServiceTarget, env: Environment): STSClientConfig {
  const settings = clientSettings({ service: "STS", target: sts, env, ownEndpoint });
  return { ...settings, sigv4aSigningRegionSet: [] };
}

function ownEndpoint(settings: STSClientConfig, Region: string): URL {
  const { endpointProvider } = new STSClient({ ...settings, sigv4aSigningRegionSet: [] }).config;
  return endpointProvider({ Region, UseGlobalEndpoint: false }).url;
}
