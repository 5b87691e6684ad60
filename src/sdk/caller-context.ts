import type { Context } from "../core/context.ts";
import { isSwitchedOn, type Environment } from "../core/environment.ts";
import { stderrReport } from "../system/report.ts";
import type { FromMfaSessionInit, ParentClientConfig } from "./types.ts";

/** What a program gives to us that calls the library: its options stand for the variables of the AWS CLI. */
export async function callerContext(init: FromMfaSessionInit, env: Environment): Promise<Context> {
  const { clientConfig, parentClientConfig, mfaCodeProvider } = init;
  const { say, sayOnce, debug } = stderrReport({ debugging: isSwitchedOn(env, "AWS_MFA_DEBUG") });
  const logger = init.logger ?? parentClientConfig?.logger;
  return {
    env: await environmentOf(init, env),
    now: () => new Date(),
    report: {
      say,
      sayOnce,
      debug: (text) => {
        debug(text);
        logger?.debug(`awsmfa: ${typeof text === "string" ? text : text()}`);
      },
    },
    codeProvider: mfaCodeProvider,
    requestHandler: clientConfig?.requestHandler ?? handlerOf(parentClientConfig),
  };
}

async function environmentOf(
  { filepath, configFilepath, clientConfig, parentClientConfig }: FromMfaSessionInit,
  env: Environment,
): Promise<Environment> {
  const region = clientConfig?.region ?? parentClientConfig?.region;
  const endpoint = clientConfig?.endpoint;
  return {
    ...env,
    ...(filepath && { AWS_SHARED_CREDENTIALS_FILE: filepath }),
    ...(configFilepath && { AWS_CONFIG_FILE: configFilepath }),
    ...(region && { AWS_REGION: typeof region === "string" ? region : await region() }),
    ...(endpoint && {
      AWS_ENDPOINT_URL_STS: endpoint,
      AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "false",
    }),
  };
}

/** As in the SDK: one that speaks HTTP/2 cannot be used for STS. */
function handlerOf({ requestHandler }: ParentClientConfig = {}): unknown {
  const { metadata } = (requestHandler ?? {}) as { metadata?: { handlerProtocol?: string } };
  return metadata?.handlerProtocol?.startsWith("h2") ? undefined : requestHandler;
}
