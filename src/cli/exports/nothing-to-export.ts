import { activeProfile } from "../../core/plan/active-profile.ts";
import type { Context } from "../../core/context.ts";
import { noSessionError } from "../../core/plan/no-session.ts";
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
  throw noSessionError(plan, name, "nothing to export");
}

const withoutDevice: ReadonlySet<PassThroughReason> = new Set([
  "no-serial",
  "no-keys",
  "no-profile",
] as const);
