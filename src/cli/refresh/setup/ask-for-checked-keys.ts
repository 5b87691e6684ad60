import type { Context } from "../../../core/context.ts";
import type { Keys } from "../../../core/keys.ts";
import type { IamUser } from "../../../core/request/iam-user.ts";
import type { Interview } from "../../interview/interview.ts";
import { askForKeys } from "./ask-for-keys.ts";
import { checkKeys, type Check } from "./check-keys.ts";

/** Keys, and whose they are: undefined where AWS could not be asked, and they are wanted all the same. */
export interface CheckedKeys {
  readonly keys: Keys;
  readonly user: IamUser | undefined;
}

const mostTries = 3;

/**
 * Asks for keys until AWS knows them, three times at most. Throws 254 with AWS's words then, and 255 where
 * it could not be asked and they are not wanted; 253, before anything is asked, where it cannot be at all.
 */
export async function askForCheckedKeys(
  context: Context,
  interview: Interview,
  check: Check,
): Promise<CheckedKeys> {
  const { checkTarget } = await import("../../../aws/sts.ts");
  checkTarget(check.sts, context.env);
  for (let attempt = 1; ; attempt++) {
    const keys = await askForKeys(interview);
    const verdict = await checkKeys(context, check, keys);
    if (verdict.kind === "known") {
      interview.tell(`These are the keys of ${verdict.user.words}.`);
      return { keys, user: verdict.user };
    }
    if (verdict.kind === "unchecked") {
      interview.tell(`The keys could not be checked: ${verdict.error.message}`);
      if (await interview.confirm("Keep the keys all the same?")) return { keys, user: undefined };
      throw verdict.error;
    }
    if (attempt === mostTries) throw verdict.error;
    interview.tell(`${verdict.words} Both once more:`);
  }
}
