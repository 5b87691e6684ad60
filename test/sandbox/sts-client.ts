import type { STSClient as Client } from "@aws-sdk/client-sts";
import { expect } from "vitest";
import type { AccessKeyPair, Sandbox } from "../../src/sandbox/sandbox.ts";

process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] = "true";
const sdk = await import("@aws-sdk/client-sts");

export interface Keys extends AccessKeyPair {
  readonly sessionToken?: string | undefined;
}

export interface ClientSettings {
  readonly region?: string;
  readonly attempts?: number;
}

/** The official client, with nothing taken from the environment or the home of whoever tests. */
export function stsClient(sandbox: Sandbox, keys: Keys, settings: ClientSettings = {}): Client {
  const { accessKeyId, secretAccessKey, sessionToken } = keys;
  return new sdk.STSClient({
    endpoint: sandbox.url,
    region: settings.region ?? "us-east-1",
    maxAttempts: settings.attempts ?? 1,
    credentials: { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) },
  });
}

type Session = { keys: Keys; expiration: Date };

export async function getSessionToken(
  sandbox: Sandbox,
  keys: Keys,
  input: { SerialNumber?: string; TokenCode?: string; DurationSeconds?: number },
  settings?: ClientSettings,
): Promise<Session> {
  const client = stsClient(sandbox, keys, settings);
  const { Credentials } = await client.send(new sdk.GetSessionTokenCommand(input));
  return session(Credentials);
}

export async function assumeRole(
  sandbox: Sandbox,
  keys: Keys,
  input: Partial<InstanceType<typeof sdk.AssumeRoleCommand>["input"]>,
): Promise<Session> {
  const command = new sdk.AssumeRoleCommand({
    RoleArn: undefined,
    RoleSessionName: "tester",
    ...input,
  });
  const { Credentials } = await stsClient(sandbox, keys).send(command);
  return session(Credentials);
}

export async function callerIdentity(
  sandbox: Sandbox,
  keys: Keys,
  settings?: ClientSettings,
): Promise<Record<"Arn" | "UserId" | "Account", string | undefined>> {
  const client = stsClient(sandbox, keys, settings);
  const { Arn, UserId, Account } = await client.send(new sdk.GetCallerIdentityCommand({}));
  return { Arn, UserId, Account };
}

/** An MFA session of a user. */
export async function mfaSession(sandbox: Sandbox, name = "alice"): Promise<Keys> {
  const user = sandbox.user(name);
  const TokenCode = sandbox.freshCode(user.serial);
  const { keys } = await getSessionToken(sandbox, user, { SerialNumber: user.serial, TokenCode });
  return keys;
}

/** Expects a refusal with AWS's HTTP status, code and exact text. */
export async function expectRefusal(
  answer: Promise<unknown>,
  [status, name, message]: readonly [status: number, name: string, message: string],
): Promise<void> {
  await expect(answer).rejects.toMatchObject({
    name,
    message,
    $metadata: { httpStatusCode: status },
  });
}

function session(
  credentials:
    | {
        AccessKeyId?: string | undefined;
        SecretAccessKey?: string | undefined;
        SessionToken?: string | undefined;
        Expiration?: Date | undefined;
      }
    | undefined,
): Session {
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = credentials ?? {};
  return {
    keys: {
      accessKeyId: AccessKeyId ?? "",
      secretAccessKey: SecretAccessKey ?? "",
      sessionToken: SessionToken,
    },
    expiration: Expiration ?? new Date(Number.NaN),
  };
}
