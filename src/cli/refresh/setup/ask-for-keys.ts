import type { Keys } from "../../../core/keys.ts";
import { fault, ok, type Interview, type Reading } from "../../interview/interview.ts";

/** Asks for the keys of an IAM user; nothing of the secret is ever shown. */
export async function askForKeys({ ask, askHidden }: Interview): Promise<Keys> {
  const accessKeyId = await ask("Access key ID: ", readKeyId);
  const secretAccessKey = await askHidden("Secret access key (not shown): ", readSecret);
  return { accessKeyId, secretAccessKey, sessionToken: undefined };
}

/** Length and characters of `AccessKeyId` in IAM (API reference, AccessKey). */
function readKeyId(answer: string): Reading<string> {
  if (!/^[A-Z0-9]{16,128}$/.test(answer)) {
    return fault("An access key ID is 16 or more capital letters and digits: AKIA….");
  }
  if (answer.startsWith("ASIA")) {
    return fault("ASIA… is a temporary key: take the IAM user's own, which begins with AKIA.");
  }
  return ok(answer);
}

function readSecret(answer: string): Reading<string> {
  if (answer === "") return fault("Nothing was typed.");
  return /^[!-~]+$/.test(answer)
    ? ok(answer)
    : fault("A secret access key has neither spaces nor letters outside of ASCII.");
}
