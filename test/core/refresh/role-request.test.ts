import { describe, expect, it } from "vitest";
import type { Profile } from "../../../src/core/aws-files/profile.ts";
import { wantedRole, wantedSessionName } from "../../../src/core/refresh/role-request.ts";

const [a, b, c] = ["a", "b", "c"].map((name) => `arn:aws:iam::123456789012:role/${name}`);

type Value = string | undefined;

/** `--assume-role`, `MFA_ASSUME_ROLE` and `assume_role` with these values. */
function roleOf(flag: Value, variable: Value, key: Value): string | undefined {
  const setting = (name: string): Value => (name === "assume_role" ? key : undefined);
  const profile: Profile = { name: "dev-long-term", setting, keys: { kind: "none" } };
  return wantedRole(flag, { MFA_ASSUME_ROLE: variable }, profile);
}

function nameOf(flag: Value, variable: Value, fallback: string): string {
  return wantedSessionName(flag, { AWS_ROLE_SESSION_NAME: variable }, fallback);
}

describe("the role", () => {
  it.each<[flag: Value, variable: Value, key: Value, role: Value, why?: string]>([
    [undefined, undefined, undefined, undefined],
    [a, b, c, a],
    [undefined, b, c, b],
    [undefined, undefined, c, c],
    ["", b, c, b, "an empty one says nothing"],
    ["", "", c, c],
    ["", "", "", undefined],
    [a, "nonsense", "nonsense", a, "what is not asked need not be right"],
    ["arn:aws-cn:iam::123456789012:role/team/x", b, c, "arn:aws-cn:iam::123456789012:role/team/x"],
  ])("--assume-role %j, MFA_ASSUME_ROLE %j, assume_role %j: %s", (flag, variable, key, role) => {
    expect(roleOf(flag, variable, key)).toBe(role);
  });

  it.each<[flag: Value, variable: Value, key: Value, says: string]>([
    ["admin", b, c, '--assume-role is "admin"; it takes the ARN of a role'],
    [undefined, "admin", c, 'MFA_ASSUME_ROLE is "admin"; it takes the ARN'],
    [undefined, undefined, "admin", 'assume_role of profile dev-long-term is "admin"; it takes'],
    ["arn:aws:iam::123456789012:user/x", b, c, "--assume-role is"],
    [" ", b, c, '--assume-role is " "'],
    ["none", b, c, '--assume-role is "none"'],
    [undefined, "\u001b[2J", c, 'MFA_ASSUME_ROLE is "?[2J"'],
  ])(
    "--assume-role %j, MFA_ASSUME_ROLE %j, assume_role %j: refused",
    (flag, variable, key, says) => {
      const message = expect.stringContaining(says);
      expect(() => roleOf(flag, variable, key)).toThrow(
        expect.objectContaining({ code: "InvalidRoleSetting", exitCode: 253, message }),
      );
    },
  );
});

describe("the name of its session", () => {
  it.each<[flag: Value, variable: Value, fallback: string, name: string, why?: string]>([
    [undefined, undefined, "me", "me"],
    ["flag", "variable", "me", "flag"],
    [undefined, "variable", "me", "variable"],
    ["", "variable", "me", "variable", "an empty one says nothing"],
    ["", "", "me", "me"],
    ["x".repeat(64), undefined, "me", "x".repeat(64)],
    [undefined, undefined, "Jörg Müller", "J-rg-M-ller", "what AWS does not take is left out"],
    [undefined, undefined, "CORP\\me", "CORP-me"],
    [undefined, undefined, "x", "user-x", "two characters at least"],
    [undefined, undefined, "x".repeat(80), "x".repeat(64)],
    [undefined, undefined, "arn:aws:iam::123456789012:mfa/team/phone", "phone", "of the device"],
  ])(
    "--role-session-name %j, AWS_ROLE_SESSION_NAME %j, else %j: %s",
    (flag, variable, fallback, name) => {
      expect(nameOf(flag, variable, fallback)).toBe(name);
    },
  );

  it.each<[flag: Value, variable: Value, says: string]>([
    ["a b", "variable", '--role-session-name is "a b"; it takes 2 to 64 letters'],
    ["x", undefined, '--role-session-name is "x"'],
    ["x".repeat(65), undefined, "--role-session-name is"],
    [undefined, "a/b", 'AWS_ROLE_SESSION_NAME is "a/b"; it takes'],
  ])("--role-session-name %j, AWS_ROLE_SESSION_NAME %j: refused", (flag, variable, says) => {
    const message = expect.stringContaining(says);
    expect(() => nameOf(flag, variable, "me")).toThrow(
      expect.objectContaining({ code: "InvalidRoleSetting", exitCode: 253, message }),
    );
  });
});
