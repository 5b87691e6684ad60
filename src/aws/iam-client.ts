import { IAMClient, type IAMClientConfig } from "@aws-sdk/client-iam";
import type { Environment } from "../core/environment.ts";
import type { Keys } from "../core/keys.ts";
import type { ServiceTarget } from "../core/service/service-target.ts";
import { clientSettings, sdkCredentials, withoutVersionNotice } from "./client-settings.ts";

interface IamAccess {
  readonly keys: Keys;
  readonly iam: ServiceTarget;
  readonly env: Environment;
}

/**
 * A client for these keys. IAM has one endpoint a partition: the SDK knows it, and its region, by any region
 * of the partition. Throws 253 where no request can be made.
 */
export function createIamClient({ keys, iam, env }: IamAccess): IAMClient {
  const settings = clientSettings({ service: "IAM", target: iam, env, ownEndpoint });
  const credentials = sdkCredentials(keys);
  return withoutVersionNotice(() => new IAMClient({ ...settings, credentials }));
}

function ownEndpoint(settings: IAMClientConfig, Region: string): URL {
  return new IAMClient(settings).config.endpointProvider({ Region }).url;
}
