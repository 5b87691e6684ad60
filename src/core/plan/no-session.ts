import { shellWord } from "../shell-word.ts";
import { whyPassThrough } from "./describe-plan.ts";
import { configurationError, type AwsmfaError } from "../errors.ts";
import { unknownProfileError } from "./plain-session.ts";
import { isUnknownProfile, type PassThroughReason, type Plan } from "./plan.ts";
import { printable, printableName } from "../printable.ts";

/** The code of the error that a profile needs no session of ours. */
export const noSessionCode = "NoSession";

/**
 * That there is no session of ours for a profile, why, and what to do. `nothing` begins the sentence. A plan
 * for a session means that the profile's `credential_process` gives temporary keys.
 */
export function noSessionError(
  plan: Plan,
  name: string,
  nothing = "there is no MFA session",
): AwsmfaError {
  if (plan.kind === "refusal") return plan.error;
  if (isUnknownProfile(plan)) return unknownProfileError(name);
  const [why, hint] = explain(plan, shellWord(printable(name)));
  const message = `${nothing} for profile ${printableName(name)}: ${why}.`;
  return configurationError(noSessionCode, message, { hint });
}

function explain(
  plan: Exclude<Plan, { kind: "refusal" }>,
  name: string,
): [why: string, hint: string] {
  if (plan.kind === "session") {
    return [
      "its credential_process gives temporary keys by itself",
      "Programs that use an AWS SDK run it by themselves.",
    ];
  }
  return [whyPassThrough(plan), (hints.get(plan.reason) ?? otherwise).replace("NAME", name)];
}

const otherwise =
  "awsmfa has sessions for long-term keys with an mfa_serial, and for roles assumed with them: name such a profile.";

const unset = "awsmfa unsets prints what takes them out of the shell; or name a --profile.";

const hints: ReadonlyMap<PassThroughReason, string> = new Map([
  ["role-without-source", "Check source_profile in ~/.aws/config."],
  ["role-without-serial", "Name the device in one of them: aws configure set mfa_serial …"],
  ["temporary-environment-keys", unset],
  ["exported-session", unset],
  ["incomplete-environment-keys", unset],
  [
    "environment-keys-without-serial",
    "Set AWS_MFA_SERIAL to the device of these keys, or name a profile by --profile, which beats them.",
  ],
  ["incomplete-keys", "Give it both in your AWS files, or neither."],
  ["no-keys", "Give it an access key id and a secret: aws configure --profile NAME"],
  [
    "no-serial",
    "Name the device in it: aws configure set mfa_serial arn:aws:iam::…:mfa/… --profile NAME",
  ],
]);
