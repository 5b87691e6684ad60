import type { Context } from "../../core/context.ts";
import type { AwsmfaError } from "../../core/errors.ts";
import type { MfaSessionRequest } from "../../core/request/mfa-session-request.ts";
import { stsError } from "../../core/service/sts-failure.ts";
import { stsQuestion } from "../../core/service/sts-question.ts";

/** In milliseconds: a laptop that has just been opened may have no network yet. */
const mostMs = 20_000;

/**
 * Why nobody need be asked for a code now: STS is not there, or does not accept the keys. Undefined where
 * a code may help, and where it would take a `credential_process` to find out.
 */
export async function whyNotAsk(
  { env, now }: Context,
  request: MfaSessionRequest,
): Promise<AwsmfaError | undefined> {
  const { base, sts } = request;
  if (base.kind === "process") return undefined;
  const { getCallerIdentity } = await import("../../aws/sts.ts");
  const keys = { ...base, sessionToken: undefined };
  const answer = await getCallerIdentity({ keys, sts, env, withinMs: mostMs });
  // Nothing in AWS forbids this question, but something on the way may.
  if (answer.kind === "identity" || answer.rejection.code === "AccessDenied") return undefined;
  return stsError(answer.rejection, stsQuestion(request, keys, undefined), now());
}
