import { activeProfile } from "../../core/plan/active-profile.ts";
import type { Context } from "../../core/context.ts";
import { whyPassThrough } from "../../core/plan/describe-plan.ts";
import { configurationError, type AwsmfaError } from "../../core/errors.ts";
import { unknownProfileError } from "../../core/plan/plain-session.ts";
import type { PassThroughReason, Plan } from "../../core/plan/plan.ts";
import { printableName } from "../../core/printable.ts";
import type { ProfileFiles } from "../../core/aws-files/profile.ts";
import { deviceOfProfile } from "../../core/request/mfa-device.ts";

/**
 * Says why there is no session to export. Without a device that is no fault, as with the Ruby gem
 * aws-mfa-secure: two warnings, and exit code 0. Anything else would leave a shell with credentials that
 * were not meant, and throws 253.
 */
export function explainNothing(
  { env, report }: Context,
  plan: Plan,
  files: ProfileFiles,
  explicit: string | undefined,
): void {
  const { name } = activeProfile(env, explicit);
  const reason = plan.kind === "pass-through" ? plan.reason : undefined;
  if (reason === "unknown-profile") throw unknownProfileError(name);
  if (reason === "environment-keys-without-serial") {
    report.say(
      "WARN: nothing is exported: AWS_MFA_SERIAL names no device for the environment's keys.",
    );
    report.say("WARN: set it, or use --no-mfa for a session without a code.");
    return;
  }
  const profile = files.find(name);
  const hasDevice = profile !== undefined && deviceOfProfile(profile) !== undefined;
  if (reason !== undefined && withoutDevice.has(reason) && !hasDevice) {
    const owner = profile === undefined ? "there is no profile" : "no mfa_serial for profile";
    report.say(`WARN: nothing is exported: ${owner} ${printableName(name)}.`);
    report.say(
      "WARN: set its mfa_serial, name another --profile, or use --no-mfa for a session without a code.",
    );
    return;
  }
  throw nothingToExport(plan, name);
}

const withoutDevice: ReadonlySet<PassThroughReason> = new Set([
  "no-serial",
  "no-keys",
  "no-profile",
] as const);

function nothingToExport(plan: Plan, name: string): AwsmfaError {
  const [why, hint] = explain(plan);
  return configurationError(
    "NothingToExport",
    `nothing to export for profile ${printableName(name)}: ${why}.`,
    { hint },
  );
}

function explain(plan: Plan): [why: string, hint: string] {
  if (plan.kind !== "pass-through") {
    return [
      "its credential_process gives temporary keys by itself",
      "Programs that use an AWS SDK run it by themselves.",
    ];
  }
  return [whyPassThrough(plan), hints.get(plan.reason) ?? otherwise];
}

const otherwise =
  "exports is for long-term keys with an mfa_serial, and for roles assumed with them: name such a --profile.";

const unset = "awsmfa unsets prints what takes them out of the shell; or name a --profile.";

const hints: ReadonlyMap<PassThroughReason, string> = new Map([
  ["role-without-source", "Check source_profile in ~/.aws/config."],
  ["role-without-serial", "Name the device in one of them: aws configure set mfa_serial …"],
  ["temporary-environment-keys", unset],
  ["exported-session", unset],
  ["incomplete-environment-keys", unset],
  ["incomplete-keys", "Give it both in your AWS files, or neither."],
  ["no-keys", "Give it an access key id and a secret: aws configure --profile …"],
]);
