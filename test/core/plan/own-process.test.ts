import { describe, expect, it } from "vitest";
import type { Profile } from "../../../src/core/aws-files/profile.ts";
import { isAwsmfaError } from "../../../src/core/errors.ts";
import { askedOfUs, refuseOwnProcess, suppliedBy } from "../../../src/core/plan/own-process.ts";

/** A profile whose keys come from this command. */
function profileWith(command: string, name = "dev"): Profile {
  return { name, setting: () => undefined, keys: { kind: "process", command } };
}

describe("askedOfUs", () => {
  it.each<[command: string, profile: string | undefined]>([
    ["awsmfa credential-process --profile dev", "dev"],
    ["awsmfa credential-process --profile=dev", "dev"],
    ["awsmfa credential-process", undefined],
    ["awsmfa credential-process --profile", undefined],
    ["awsmfa credential-process --profile=", undefined],
    ["awsmfa credential-process --token 123456 --profile dev", "dev"],
    ["awsmfa credential-process --profile a --profile b", "b"],
    ["awsmfa credential-process --profile=a --profile b", "b"],
    ["awsmfa credential-process --profile a --profile=b", "b"],
    ["awsmfa credential-process --profile=a=b", "a=b"],
    ["awsmfa credential-process --profile -x", "-x"],
    ["awsmfa credential-process --profile=-x", "-x"],
    ["awsmfa credential-process --profile 'my dev'", "my dev"],
    ["awsmfa credential-process --profile my\\ dev", "my dev"],
    ["awsmfa credential-process '--profile=my \"dev\"'", 'my "dev"'],
    ["/usr/local/bin/awsmfa credential-process --profile dev", "dev"],
    ["'/home/al ice/bin/awsmfa' credential-process --profile dev", "dev"],
    ["/usr/bin/node /opt/awsmfa/dist/awsmfa.cjs credential-process --profile dev", "dev"],
    ["node --no-warnings dist/awsmfa.cjs credential-process --profile dev", "dev"],
    ["npx awsmfa credential-process --profile dev", "dev"],
    ["env HOME=/root awsmfa credential-process --profile dev", "dev"],
    [String.raw`"C:\\Program Files\\nodejs\\awsmfa.cmd" credential-process --profile dev`, "dev"],
    [String.raw`C:\\bin\\awsmfa.exe credential-process --profile dev`, "dev"],
  ])("%s asks for %j", (command, profile) => {
    expect(askedOfUs(command)).toEqual({ profile });
  });

  it.each([
    "",
    "awsmfa",
    "credential-process --profile dev",
    "awsmfa exports --format process --profile dev",
    "my-awsmfa credential-process --profile dev",
    "awsmfa-wrapper credential-process --profile dev",
    "granted credential-process --profile dev",
    "aws-vault export --format json dev",
    "awsmfa 'credential-process --profile dev",
  ])("%s is not known for ours", (command) => {
    expect(askedOfUs(command)).toBeUndefined();
  });
});

describe("suppliedBy", () => {
  const asks = (profile: string): string => `awsmfa credential-process --profile ${profile}`;
  const commands: Readonly<Record<string, string>> = {
    "dev-mfa": asks("dev"),
    "dev-mfa-mfa": asks("dev-mfa"),
    own: asks("own"),
    a: asks("b"),
    b: asks("a"),
    nobody: asks("gone"),
    default: "awsmfa credential-process",
    other: "my-process",
  };
  const files = {
    find: (name: string) =>
      commands[name] === undefined ? undefined : profileWith(commands[name], name),
  };

  it.each([
    ["dev", "dev"],
    ["dev-mfa", "dev"],
    ["dev-mfa-mfa", "dev"],
    ["own", "own"],
    ["a", "b"],
    ["nobody", "gone"],
    ["default", "default"],
    ["other", "other"],
  ])("the session of %s is that of %s", (name, source) => {
    expect(suppliedBy(files, name)).toBe(source);
  });
});

describe("refuseOwnProcess", () => {
  it.each([
    "awsmfa credential-process --profile dev",
    "awsmfa credential-process",
    "awsmfa credential-process --profile other --profile dev",
  ])("%s of dev would never end", (command) => {
    const refuse = (): void => refuseOwnProcess(profileWith(command));
    expect(refuse).toThrow(
      "the credential_process of profile dev asks awsmfa, and so for the keys of this same profile.",
    );
    expect(refuse).toThrow(
      expect.objectContaining({
        code: "CredentialProcessCycle",
        exitCode: 253,
        hint: expect.stringContaining("Let it name another profile"),
      }),
    );
  });

  it.each([
    ["another profile's", profileWith("awsmfa credential-process --profile ops")],
    ["none of ours", profileWith("/opt/keys dev")],
    ["of a profile with none", { ...profileWith(""), keys: { kind: "none" } } as Profile],
    ["of no profile", undefined],
  ])("%s is fine", (_which, profile) => {
    expect(() => refuseOwnProcess(profile)).not.toThrow();
  });

  it("a profile's name cannot draw on the terminal", () => {
    const name = "e\x1b[31mvil";
    try {
      refuseOwnProcess(profileWith("awsmfa credential-process", name));
      expect.unreachable();
    } catch (error) {
      if (!isAwsmfaError(error)) throw error;
      expect(error.message).toContain("e?[31mvil");
    }
  });
});
