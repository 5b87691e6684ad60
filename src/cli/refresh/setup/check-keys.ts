import type { Context } from "../../../core/context.ts";
import { AwsmfaError } from "../../../core/errors.ts";
import type { Keys } from "../../../core/keys.ts";
import { lastFour } from "../../../core/printable.ts";
import { userOfArn, type IamUser } from "../../../core/request/iam-user.ts";
import { isClockFault, isUnknownKey, type Rejection } from "../../../core/service/rejection.ts";
import { stsError } from "../../../core/service/sts-failure.ts";
import { servicePlace, type ServiceTarget } from "../../../core/service/service-target.ts";

/** What AWS says of keys. */
export type Verdict =
  | { kind: "known"; user: IamUser }
  /** Other keys may fare better; the words are for the next try, the error is for the last. */
  | { kind: "refused"; words: string; error: AwsmfaError }
  | { kind: "unchecked"; error: AwsmfaError };

/** Where keys are checked, and for which section. */
export interface Check {
  readonly section: string;
  readonly sts: ServiceTarget;
}

/** Asks AWS whose keys these are. */
export async function checkKeys(
  { env, now }: Context,
  { section, sts }: Check,
  keys: Keys,
): Promise<Verdict> {
  const { getCallerIdentity } = await import("../../../aws/sts.ts");
  const answer = await getCallerIdentity({ keys, sts, env });
  if (answer.kind === "identity") {
    return { kind: "known", user: userOfArn(answer.arn, answer.account) };
  }
  const { rejection } = answer;
  const { accessKeyId } = keys;
  const question = { accessKeyId, profile: section, role: undefined, device: undefined, sts };
  const error = stsError(rejection, question, now());
  if (isUnknownKey(rejection)) {
    const words = `AWS (${servicePlace(sts)}) does not know the key ${lastFour(accessKeyId)}`;
    return refused(rejection, words, nothingWritten(error, otherPartitions));
  }
  if (isWrongSecret(rejection)) {
    const words = `That is not the secret of the key ${lastFour(accessKeyId)}`;
    return refused(
      rejection,
      words,
      nothingWritten(error, "It is shown once, when a key is made."),
    );
  }
  return { kind: "unchecked", error: nothingWritten(error, error.hint) };
}

function isWrongSecret(rejection: Rejection): boolean {
  return (
    !isClockFault(rejection) && /^(SignatureDoesNotMatch|IncompleteSignature)$/.test(rejection.code)
  );
}

const otherPartitions =
  "It was deleted or deactivated, or it is one of China or GovCloud: AWS_REGION, or the region of\n" +
  "  the profile, must be one of theirs then.";

function refused({ code }: Rejection, words: string, error: AwsmfaError): Verdict {
  return { kind: "refused", words: `${words} (${code}).`, error };
}

/** The same error, which says first that the file is as it was, and then this in place of its hint. */
function nothingWritten(error: AwsmfaError, hint = ""): AwsmfaError {
  const { message, code, exitCode, cause } = error;
  return new AwsmfaError(message, {
    code,
    exitCode,
    hint: `Nothing was written. ${hint}`,
    cause,
  });
}
