import type { Context } from "../../../core/context.ts";
import { AwsmfaError } from "../../../core/errors.ts";
import type { Keys } from "../../../core/keys.ts";
import { lastFour } from "../../../core/printable.ts";
import {
  isClockFault,
  isUnknownKey,
  stsError,
  type StsRejection,
} from "../../../core/sts/sts-failure.ts";
import { stsPlace, type StsTarget } from "../../../core/sts/sts-target.ts";
import { askForKeys } from "./ask-for-keys.ts";
import { userOfArn, type User } from "./caller.ts";
import type { Interview } from "./interview.ts";

/** Keys, and whose they are: undefined where AWS could not be asked, and they are wanted all the same. */
export interface CheckedKeys {
  readonly keys: Keys;
  readonly user: User | undefined;
}

const mostTries = 3;

/**
 * Asks for keys until AWS knows them, three times at most. Throws 254 with AWS's words then, and 255 where
 * it could not be asked and they are not wanted.
 */
export async function askForCheckedKeys(
  context: Context,
  interview: Interview,
  section: string,
  sts: StsTarget,
): Promise<CheckedKeys> {
  const { checkStsTarget, getCallerIdentity } = await import("../../../aws/sts.ts");
  // Before anybody types a secret in vain.
  checkStsTarget(sts, context.env);
  for (let attempt = 1; ; attempt++) {
    const keys = await askForKeys(interview);
    const answer = await getCallerIdentity({ keys, sts, env: context.env });
    if (answer.kind === "identity") {
      const user = userOfArn(answer.arn, answer.account);
      interview.tell(`These are the keys of ${user.words} in account ${user.account}.`);
      return { keys, user };
    }
    const error = rejectedError(context, answer.rejection, keys, section, sts);
    if (!isRefusal(answer.rejection)) {
      interview.tell(`The keys could not be checked: ${error.message}`);
      if (await interview.confirm("Keep the keys all the same?")) return { keys, user: undefined };
      throw error;
    }
    if (attempt === mostTries) throw error;
    interview.tell(refusalWords(answer.rejection, keys, sts));
  }
}

/** Whether other keys may fare better. */
function isRefusal(rejection: StsRejection): boolean {
  if (isClockFault(rejection)) return false;
  return isUnknownKey(rejection) || /^(SignatureDoesNot|Incomplete)/.test(rejection.code);
}

function refusalWords(rejection: StsRejection, { accessKeyId }: Keys, sts: StsTarget): string {
  const what = isUnknownKey(rejection)
    ? `AWS (${stsPlace(sts)}) does not know the key ${lastFour(accessKeyId)}`
    : `That is not the secret of the key ${lastFour(accessKeyId)}`;
  return `${what} (${rejection.code}). Both once more:`;
}

function rejectedError(
  { now }: Context,
  rejection: StsRejection,
  { accessKeyId }: Keys,
  section: string,
  sts: StsTarget,
): AwsmfaError {
  const question = { accessKeyId, profile: section, role: undefined, device: undefined, sts };
  const error = stsError(rejection, question, now());
  if (!isRefusal(rejection)) return withHintOf(error, `Nothing was written. ${error.hint ?? ""}`);
  return withHintOf(
    error,
    "Nothing was written. Have the key looked up in the IAM console, or a new one made. Keys of China\n" +
      "  or GovCloud need AWS_REGION, or the region of the profile, to be one of theirs.",
  );
}

function withHintOf(error: AwsmfaError, hint: string): AwsmfaError {
  const { message, code, exitCode, cause } = error;
  return new AwsmfaError(message, { code, exitCode, hint, cause });
}
