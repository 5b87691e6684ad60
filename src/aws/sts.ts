import {
  AssumeRoleCommand,
  GetCallerIdentityCommand,
  GetSessionTokenCommand,
} from "@aws-sdk/client-sts";
import type { Credentials, STSClient } from "@aws-sdk/client-sts";
import type { MfaCode } from "../core/code.ts";
import type { Environment } from "../core/environment.ts";
import type { Keys } from "../core/keys.ts";
import type { RoleParameters } from "../core/request/role-parameters.ts";
import type { Session } from "../core/session/session.ts";
import type { Rejection } from "../core/service/rejection.ts";
import type { ServiceTarget } from "../core/service/service-target.ts";
import { askPatiently, type AwsAnswer } from "./ask-patiently.ts";
import { toIdentity, toSession } from "./sts-answer.ts";
import { createStsClient } from "./sts-client.ts";

export { checkTarget } from "./sts-client.ts";

/** Who asks, and where. */
export interface StsRequest {
  readonly keys: Keys;
  /** Device and code; undefined asks without MFA. */
  readonly mfa: MfaProof | undefined;
  readonly sts: ServiceTarget;
  readonly env: Environment;
  /** In the place of our own; it stays open. */
  readonly requestHandler?: unknown;
  /** For how many milliseconds the answer is worth waiting, whatever the attempts; 40 s each without it. */
  readonly withinMs?: number | undefined;
}

/** What proves that somebody has the device. */
export interface MfaProof {
  readonly serial: string;
  readonly code: MfaCode;
}

export type StsAnswer =
  { kind: "session"; session: Session } | { kind: "rejected"; rejection: Rejection };

/** Whose keys they are, or why that is not known. */
export type IdentityAnswer =
  { kind: "identity"; account: string; arn: string } | { kind: "rejected"; rejection: Rejection };

/** Asks for a session of the user (GetSessionToken) of 900 to 129600 seconds. */
export function getSessionToken(request: StsRequest, seconds: number): Promise<StsAnswer> {
  const command = new GetSessionTokenCommand({
    ...mfaParameters(request),
    DurationSeconds: seconds,
  });
  return ask(request, [], (client, options) => client.send(command, options));
}

/** Asks for a session of a role (AssumeRole). */
export function assumeRole(request: StsRequest, role: RoleParameters): Promise<StsAnswer> {
  const { arn, sessionName, externalId, seconds, sourceIdentity, tags, transitiveTagKeys } = role;
  const command = new AssumeRoleCommand({
    ...mfaParameters(request),
    RoleArn: arn,
    RoleSessionName: sessionName,
    DurationSeconds: seconds,
    ExternalId: externalId,
    SourceIdentity: sourceIdentity,
    ...(tags.length > 0 && { Tags: tags.map(([Key, Value]) => ({ Key, Value })) }),
    ...(transitiveTagKeys.length > 0 && { TransitiveTagKeys: [...transitiveTagKeys] }),
  });
  // A short one would be found in every other word.
  const secrets = externalId === undefined || externalId.length < 6 ? [] : [externalId];
  return ask(request, secrets, (client, options) => client.send(command, options));
}

/** Asks whose keys these are (GetCallerIdentity), which no policy can forbid. */
export async function getCallerIdentity(request: Omit<StsRequest, "mfa">): Promise<IdentityAnswer> {
  const command = new GetCallerIdentityCommand({});
  const end = await converse(request, {}, async (client, options) =>
    toIdentity(await client.send(command, options)),
  );
  return end.kind === "answer" ? { kind: "identity", ...end.answer } : end;
}

function mfaParameters({ mfa }: StsRequest): { SerialNumber?: string; TokenCode?: string } {
  return mfa === undefined ? {} : { SerialNumber: mfa.serial, TokenCode: mfa.code };
}

/** What both operations answer with. */
interface Answer {
  readonly Credentials?: Credentials | undefined;
}

async function ask(
  request: StsRequest,
  secrets: readonly string[],
  send: (client: STSClient, options: SendOptions) => Promise<Answer>,
): Promise<StsAnswer> {
  const { mfa } = request;
  const end = await converse(request, { code: mfa?.code, secrets }, async (client, options) => {
    const { Credentials } = await send(client, options);
    return toSession(Credentials);
  });
  return end.kind === "answer" ? { kind: "session", session: end.answer } : end;
}

interface SendOptions {
  readonly abortSignal: AbortSignal;
}

async function converse<Result>(
  request: Omit<StsRequest, "mfa">,
  unspeakable: { code?: string | undefined; secrets?: readonly string[] },
  send: (client: STSClient, options: SendOptions) => Promise<Result>,
): Promise<AwsAnswer<Result>> {
  const { keys, withinMs } = request;
  const client = createStsClient(request);
  try {
    return await askPatiently({
      keys,
      withinMs,
      ...unspeakable,
      send: (options) => send(client, options),
    });
  } finally {
    if (request.requestHandler === undefined) client.destroy();
  }
}
