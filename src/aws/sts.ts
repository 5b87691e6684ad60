import { setTimeout as sleep } from "node:timers/promises";
import { GetSessionTokenCommand } from "@aws-sdk/client-sts";
import type { MfaCode } from "../core/code.ts";
import type { Environment } from "../core/environment.ts";
import type { Session } from "../core/session.ts";
import { isClockFault, type StsRejection } from "../core/sts-failure.ts";
import type { StsTarget } from "../core/sts-target.ts";
import { toRejection, toSession } from "./sts-answer.ts";
import { createStsClient } from "./sts-client.ts";

export { checkStsTarget } from "./sts-client.ts";

export interface SessionTokenRequest {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Device and code; undefined asks for a session without MFA. */
  readonly mfa: { readonly serial: string; readonly code: MfaCode } | undefined;
  /** 900 to 129600. */
  readonly seconds: number;
  readonly sts: StsTarget;
  readonly env: Environment;
}

export type StsAnswer =
  { kind: "session"; session: Session } | { kind: "rejected"; rejection: StsRejection };

const mostAttempts = 3;

/** Asks STS for a session (GetSessionToken). Whatever goes wrong there is an answer too. */
export async function getSessionToken(request: SessionTokenRequest): Promise<StsAnswer> {
  const { mfa, seconds, secretAccessKey } = request;
  const client = createStsClient(request);
  const command = new GetSessionTokenCommand({
    ...(mfa && { SerialNumber: mfa.serial, TokenCode: mfa.code }),
    DurationSeconds: seconds,
  });
  const secrets = mfa === undefined ? [secretAccessKey] : [mfa.code, secretAccessKey];
  try {
    for (let attempt = 1; ; attempt++) {
      try {
        const answer = await client.send(command);
        return { kind: "session", session: toSession(answer.Credentials) };
      } catch (error) {
        const rejection = toRejection(error, secrets);
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
