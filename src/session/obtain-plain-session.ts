import { fetchKeys } from "../aws/fetch-keys.ts";
import type { Context } from "../core/context.ts";
import { requestedSeconds } from "../core/duration.ts";
import { noLongTermKeys, type PlainSessionRequest } from "../core/plan/plain-session.ts";
import type { Session } from "../core/session/session.ts";
import { stsError } from "../core/service/sts-failure.ts";

/** Asks STS for a session without a code. Nothing is stored: it satisfies no policy that asks for MFA. */
export async function obtainPlainSession(
  context: Context,
  { profile, base, sts }: PlainSessionRequest,
): Promise<Session> {
  const { env, now } = context;
  const seconds = requestedSeconds(env);
  const keys = await fetchKeys(base, context);
  if (keys.sessionToken !== undefined) throw noLongTermKeys("credential_process");
  const { getSessionToken } = await import("../aws/sts.ts");
  const answer = await getSessionToken({ keys, mfa: undefined, sts, env }, seconds);
  if (answer.kind === "session") return answer.session;
  const asked = { accessKeyId: keys.accessKeyId, profile, role: undefined, device: undefined, sts };
  throw stsError(answer.rejection, asked, now());
}
