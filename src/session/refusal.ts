import type { Context } from "../core/context.ts";
import { withHint, type AwsmfaError } from "../core/errors.ts";
import type { Keys } from "../core/keys.ts";
import type { RoleSessionRequest } from "../core/request/session-request.ts";
import type { FoundSession } from "../core/session/session.ts";
import type { Rejection } from "../core/service/rejection.ts";
import { stsError } from "../core/service/sts-failure.ts";
import { stsQuestion } from "../core/service/sts-question.ts";
import { mayBeTooOld } from "./renewal.ts";

const orAnOldCode =
  "Or the role wants a more recent code: run it on a terminal, or set AWS_MFA_TOKEN to one.";

/** That AWS did not let these keys assume the role. */
export function refusal(
  context: Context,
  request: RoleSessionRequest,
  keys: Keys,
  rejection: Rejection,
): AwsmfaError {
  return stsError(rejection, stsQuestion(request, keys, undefined), context.now());
}

/** The same of a stored session, of which the code may have been given too long ago. */
export function refusalOfStored(
  context: Context,
  request: RoleSessionRequest,
  stored: FoundSession,
  rejection: Rejection,
): AwsmfaError {
  const error = refusal(context, request, stored, rejection);
  const mayBeOld = request.source.kind === "mfa" && mayBeTooOld(context, stored, rejection);
  return mayBeOld ? withHint(error, orAnOldCode) : error;
}
