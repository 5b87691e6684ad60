import type { Context, Report } from "../core/context.ts";
import type { Environment } from "../core/environment.ts";
import { ownContext } from "../system/own-context.ts";
import { borrowTerminal } from "./borrow-terminal.ts";
import type { FromMfaSessionInit, ParentClientConfig, StsConfig } from "./types.ts";

/** What a program gives to us that calls the library: its options stand for the variables of the AWS CLI. */
export async function callerContext(
  init: FromMfaSessionInit,
  env: Environment,
  report: Report,
  codeProvider: Context["codeProvider"],
): Promise<Context> {
  const { clientConfig, parentClientConfig } = init;
  return {
    env: await environmentOf(init, env),
    now: () => new Date(),
    report,
    codeProvider,
    borrowTerminal,
    requestHandler: clientConfig?.requestHandler ?? handlerOf(parentClientConfig),
  };
}

/** Messages go to stderr, and decisions to the program's logger. */
export function callerReport(
  { logger: own, parentClientConfig }: FromMfaSessionInit,
  env: Environment,
): Report {
  const { report } = ownContext(env);
  const logger = own ?? parentClientConfig?.logger;
  return {
    ...report,
    debug: (text) => {
      report.debug(text);
      logger?.debug(`awsmfa: ${typeof text === "string" ? text : text()}`);
    },
  };
}

async function environmentOf(
  { filepath, configFilepath, clientConfig, parentClientConfig }: FromMfaSessionInit,
  env: Environment,
): Promise<Environment> {
  const region = clientConfig?.region ?? parentClientConfig?.region;
  const endpoint = await endpointUrl(clientConfig?.endpoint);
  return {
    ...env,
    // As in the SDK, and unlike the AWS CLI, an empty name is none.
    ...(env["AWS_PROFILE"] === "" && { AWS_PROFILE: undefined }),
    ...(filepath && { AWS_SHARED_CREDENTIALS_FILE: filepath }),
    ...(configFilepath && { AWS_CONFIG_FILE: configFilepath }),
    ...(region && { AWS_REGION: typeof region === "string" ? region : await region() }),
    ...(endpoint && {
      AWS_ENDPOINT_URL_STS: endpoint,
      AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "false",
    }),
  };
}

type CodeProvider = NonNullable<FromMfaSessionInit["mfaCodeProvider"]>;

/** One for each function of the program: those who give the same one ask together. */
const known = new WeakMap<CodeProvider, Context["codeProvider"]>();

/** How a program gives codes; in JavaScript it may give anything: nothing at all is no code, a number may be one. */
export function callerCodes({ mfaCodeProvider }: FromMfaSessionInit): Context["codeProvider"] {
  if (mfaCodeProvider === undefined || known.has(mfaCodeProvider)) {
    return mfaCodeProvider && known.get(mfaCodeProvider);
  }
  const codes = async (serial: string): Promise<string | undefined> => {
    const code: unknown = (await mfaCodeProvider(serial)) ?? undefined;
    return code === undefined ? undefined : String(code);
  };
  known.set(mfaCodeProvider, codes);
  return codes;
}

async function endpointUrl(given: StsConfig["endpoint"]): Promise<string | undefined> {
  const endpoint = typeof given === "function" ? await given() : given;
  if (endpoint === undefined || typeof endpoint === "string") return endpoint;
  if ("url" in endpoint) return endpoint.url.href;
  const { protocol, hostname, port, path } = endpoint;
  return `${protocol}//${hostname}${port === undefined ? "" : `:${port}`}${path}`;
}

/** As in the SDK: one that speaks HTTP/2 cannot be used for STS. */
function handlerOf(parent: ParentClientConfig | undefined): unknown {
  // In JavaScript it may be null.
  const requestHandler = parent?.requestHandler;
  const { metadata } = (requestHandler ?? {}) as { metadata?: { handlerProtocol?: string } };
  return metadata?.handlerProtocol?.startsWith("h2") ? undefined : requestHandler;
}
