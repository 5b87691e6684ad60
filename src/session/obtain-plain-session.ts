import { longTermKeys } from "../aws/long-term-keys.ts";
import type { Context } from "../core/context.ts";
import { requestedSeconds } from "../core/duration.ts";
import { noLongTermKeys, type PlainSessionRequest } from "../core/plain-session.ts";
import type { Session } from "../core/session.ts";
import { stsError } from "../core/sts-failure.ts";

/** Asks STS for a session without a code. Nothing is stored: it satisfies no policy that asks for MFA. */
export async function obtainPlainSession(
  { env, now }: Context,
  { profile, base, sts }: PlainSessionRequest,
): Promise<Session> {
  const seconds = requestedSeconds(env);
  const keys = await longTermKeys(base, env);
  if (keys === undefined) throw noLongTermKeys("credential_process");
  const { getSessionToken } = await import("../aws/sts.ts");
  const answer = await getSessionToken({ ...keys, mfa: undefined, seconds, sts, env });
  if (answer.kind === "session") return answer.session;
  const asked = { accessKeyId: keys.accessKeyId, profile, serial: undefined, sts };
  throw stsError(answer.rejection, asked, now());
}
