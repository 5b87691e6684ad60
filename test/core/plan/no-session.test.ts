import { describe, expect, it } from "vitest";
import { ExitCode, isAwsmfaError, type AwsmfaError } from "../../../src/core/errors.ts";
import { noSessionCode, noSessionError } from "../../../src/core/plan/no-session.ts";
import type { PassThroughReason, Plan } from "../../../src/core/plan/plan.ts";

const passing = (reason: PassThroughReason, about?: string): Plan => ({
  kind: "pass-through",
  reason,
  about,
});

function textOf({ message, hint = "" }: AwsmfaError): string {
  return `${message}\n${hint}`;
}

const sessions =
  "awsmfa has sessions for long-term keys with an mfa_serial, and for roles assumed with them: name such a profile.";
const unset = "awsmfa unsets prints what takes them out of the shell; or name a --profile.";

/** Every reason that a profile can have; those of arguments of `aws` are none. */
// prettier-ignore
const reasons: Record<
  Exclude<PassThroughReason, "local-command" | "malformed-options" | "unsigned" | "needs-long-term-keys" | "unknown-profile">,
  [why: string, hint: string]
> = {
  "exported-session": ["the environment holds a session that awsmfa exported", unset],
  "temporary-environment-keys": ["the environment holds temporary credentials", unset],
  "environment-keys-without-serial": ["the environment holds keys, and AWS_MFA_SERIAL is not set", "Set AWS_MFA_SERIAL to the device of these keys, or name a profile by --profile, which beats them."],
  "incomplete-environment-keys": ["AWS_ACCESS_KEY_ID without AWS_SECRET_ACCESS_KEY", unset],
  "web-identity-environment": ["AWS_WEB_IDENTITY_TOKEN_FILE is set, and aws signs in with it", sessions],
  "signs-in-otherwise": ["the profile signs in by SSO, login, web identity or credential_source", sessions],
  "role-without-source": ["its source_profile is missing or names no profile, or credential_source stands there", "Check source_profile in ~/.aws/config."],
  "role-without-keys": ["the role's last source_profile has no long-term keys", sessions],
  "role-without-serial": ["no mfa_serial in the role profile, nor in any source_profile of it", "Name the device in one of them: aws configure set mfa_serial …"],
  "temporary-keys": ["the profile's keys are temporary", sessions],
  "no-profile": ["no profile is named, and there is none called default", sessions],
  "no-keys": ["the profile has no access keys", "Give it an access key id and a secret: aws configure --profile dev"],
  "incomplete-keys": ["the profile has an access key id without a secret", "Give it both in your AWS files, or neither."],
  "no-serial": ["the profile has no mfa_serial", "Name the device in it: aws configure set mfa_serial arn:aws:iam::…:mfa/… --profile dev"],
};

describe("noSessionError", () => {
  it.each(Object.entries(reasons))("%s", (reason, [why, hint]) => {
    const error = noSessionError(passing(reason as PassThroughReason), "dev");
    expect(textOf(error)).toBe(`there is no MFA session for profile dev: ${why}.\n${hint}`);
    expect(error).toMatchObject({ code: noSessionCode, exitCode: ExitCode.configuration });
  });

  it("says which profile of a role's chain it is", () => {
    const { message } = noSessionError(passing("role-without-source", "deploy"), "vault");
    expect(message).toBe(
      "there is no MFA session for profile vault: its source_profile is missing or names no profile, " +
        "or credential_source stands there (profile deploy).",
    );
  });

  it("an unknown profile has an error of its own", () => {
    const error = noSessionError(passing("unknown-profile"), "dve");
    expect(textOf(error)).toBe(
      "there is no profile dve.\n" +
        "Check --profile, AWS_PROFILE and the names in ~/.aws/config and ~/.aws/credentials.",
    );
    expect(error).toMatchObject({ code: "UnknownProfile", exitCode: ExitCode.configuration });
  });

  it("what is to be mended first is said as it is", () => {
    const refused = noSessionError(passing("no-keys"), "dev");
    expect(noSessionError({ kind: "refusal", error: refused }, "other")).toBe(refused);
  });

  it("a plan for a session means that the credential_process gave temporary keys", () => {
    const plan = { kind: "session", reason: "profile" } as Plan;
    expect(textOf(noSessionError(plan, "dev"))).toBe(
      "there is no MFA session for profile dev: its credential_process gives temporary keys by itself.\n" +
        "Programs that use an AWS SDK run it by themselves.",
    );
  });

  it("begins with what the caller says, and draws nothing on the terminal", () => {
    const error = noSessionError(passing("no-keys"), "e\x1b[31mvil", "nothing is served");
    expect(isAwsmfaError(error)).toBe(true);
    expect(error.message).toMatch(/^nothing is served for profile e\?\[31mvil: /);
  });
});
