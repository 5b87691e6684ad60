import { setTimeout as sleep } from "node:timers/promises";
import { AssumeRoleCommand, GetSessionTokenCommand } from "@aws-sdk/client-sts";
import type { Credentials, STSClient } from "@aws-sdk/client-sts";
import type { MfaCode } from "../core/code.ts";
import type { Environment } from "../core/environment.ts";
import type { Keys } from "../core/keys.ts";
import type { RoleParameters } from "../core/request/role-parameters.ts";
import type { Session } from "../core/session/session.ts";
import type { StsRejection } from "../core/sts/sts-failure.ts";
import type { StsTarget } from "../core/sts/sts-target.ts";
import { mayRepeat } from "./may-repeat.ts";
import { toRejection, toSession } from "./sts-answer.ts";
import { createStsClient } from "./sts-client.ts";

export { checkStsTarget } from "./sts-client.ts";

/** Who asks, and where. */
export interface StsRequest {
  readonly keys: Keys;
  /** Device and code; undefined asks without MFA. */
  readonly mfa: MfaProof | undefined;
  readonly sts: StsTarget;
  readonly env: Environment;
  /** For how many milliseconds the answer is worth waiting, whatever the attempts; 40 s each without it. */
  readonly withinMs?: number | undefined;
}

/** What proves that somebody has the device. */
export interface MfaProof {
  readonly serial: string;
  readonly code: MfaCode;
}

export type StsAnswer =
  { kind: "session"; session: Session } | { kind: "rejected"; rejection: StsRejection };

const mostAttempts = 3;

/** The client's time-outs end with the headers of an answer; its body may stall as well. */
const longestMs = 40_000;

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

function mfaParameters({ mfa }: StsRequest): { SerialNumber?: string; TokenCode?: string } {
  return mfa === undefined ? {} : { SerialNumber: mfa.serial, TokenCode: mfa.code };
}

/** What both operations answer with. */
interface Answer {
  readonly Credentials?: Credentials | undefined;
}

/** Whatever goes wrong is an answer, too. */
async function ask(
  request: StsRequest,
  secrets: readonly string[],
  send: (client: STSClient, options: { abortSignal: AbortSignal }) => Promise<Answer>,
): Promise<StsAnswer> {
  const { keys, mfa, withinMs } = request;
  const all = [keys.secretAccessKey, keys.sessionToken, mfa?.code, ...secrets];
  const unspeakable = all.filter((secret) => secret !== undefined);
  const client = createStsClient(request);
  const end = withinMs === undefined ? undefined : AbortSignal.timeout(withinMs);
  try {
    for (let attempt = 1; ; attempt++) {
      try {
        const abortSignal = end ?? AbortSignal.timeout(longestMs);
        const answer = await send(client, { abortSignal });
        return { kind: "session", session: toSession(answer.Credentials) };
      } catch (error) {
        const rejection = toRejection(error, unspeakable);
        if (attempt === mostAttempts || !mayRepeat(rejection, mfa !== undefined)) {
          return { kind: "rejected", rejection };
        }
        await sleep(150 * 2 ** attempt * (0.5 + Math.random()));
      }
    }
  } finally {
    client.destroy();
  }
}
