import { describe, expect, it } from "vitest";
import { childAssignments, withAssignments } from "../../../src/core/child/child-env.ts";
import type { Environment } from "../../../src/core/environment.ts";

const session = {
  accessKeyId: "ASIASESSION",
  secretAccessKey: "secret-of-session",
  sessionToken: "token-of-session",
  expiration: new Date("2030-01-02T03:04:05.678Z"),
};
const credentials = {
  AWS_ACCESS_KEY_ID: "ASIASESSION",
  AWS_SECRET_ACCESS_KEY: "secret-of-session",
  AWS_SESSION_TOKEN: "token-of-session",
  AWS_CREDENTIAL_EXPIRATION: "2030-01-02T03:04:05Z",
};
const dev = { name: "dev", accountId: undefined };

describe("a session is handed over", () => {
  it("in one ordered list of all the variables that are ours", () => {
    expect(childAssignments({ session, profile: { name: "dev", accountId: "1" } })).toEqual([
      ["AWS_ACCESS_KEY_ID", "ASIASESSION"],
      ["AWS_SECRET_ACCESS_KEY", "secret-of-session"],
      ["AWS_SESSION_TOKEN", "token-of-session"],
      ["AWS_CREDENTIAL_EXPIRATION", "2030-01-02T03:04:05Z"],
      ["AWS_SECURITY_TOKEN", undefined],
      ["AWS_CREDENTIAL_SCOPE", undefined],
      ["AWS_MFA_TOKEN", undefined],
      ["AWS_PROFILE", "dev"],
      ["AWS_DEFAULT_PROFILE", undefined],
      ["AWS_ACCOUNT_ID", "1"],
    ]);
  });

  it("a session of environment keys leaves the profile alone", () => {
    const names = childAssignments({ session, profile: undefined }).map(([name]) => name);
    expect(names).toHaveLength(7);
    expect(names).not.toContain("AWS_PROFILE");
    expect(names).not.toContain("AWS_DEFAULT_PROFILE");
    expect(names).not.toContain("AWS_ACCOUNT_ID");
  });

  // profile, inherited, what of it the child has besides the credentials
  // prettier-ignore
  it.each<
    [string, typeof dev | { name: string; accountId: string } | undefined, Environment, Environment]
  >([
    ["nothing inherited", dev, {}, { AWS_PROFILE: "dev" }],
    ["old keys", dev, { AWS_ACCESS_KEY_ID: "AKIA", AWS_SECRET_ACCESS_KEY: "s" }, { AWS_PROFILE: "dev" }],
    ["an old session", dev, { AWS_SESSION_TOKEN: "t", AWS_SECURITY_TOKEN: "t" }, { AWS_PROFILE: "dev" }],
    ["a junk expiration", dev, { AWS_CREDENTIAL_EXPIRATION: "junk" }, { AWS_PROFILE: "dev" }],
    ["a past expiration", dev, { AWS_CREDENTIAL_EXPIRATION: "2001-01-01T00:00:00Z" }, { AWS_PROFILE: "dev" }],
    ["a scope", dev, { AWS_CREDENTIAL_SCOPE: "us-east-1" }, { AWS_PROFILE: "dev" }],
    ["a code", dev, { AWS_MFA_TOKEN: "123456" }, { AWS_PROFILE: "dev" }],
    ["another profile", dev, { AWS_PROFILE: "x", AWS_DEFAULT_PROFILE: "y" }, { AWS_PROFILE: "dev" }],
    ["another account", dev, { AWS_ACCOUNT_ID: "210987654321" }, { AWS_PROFILE: "dev" }],
    ["empty variables", dev, { AWS_SECURITY_TOKEN: "", AWS_ACCOUNT_ID: "" }, { AWS_PROFILE: "dev" }],
    ["its own account", { name: "p", accountId: "1" }, { AWS_ACCOUNT_ID: "2" }, { AWS_PROFILE: "p", AWS_ACCOUNT_ID: "1" }],
    ["a hostile name", { name: "a b\n$(x)", accountId: "1" }, {}, { AWS_PROFILE: "a b\n$(x)", AWS_ACCOUNT_ID: "1" }],
    ["other AWS variables", dev, { AWS_REGION: "x", AWS_PAGER: "" }, { AWS_PROFILE: "dev", AWS_REGION: "x", AWS_PAGER: "" }],
    ["our own settings", dev, { AWS_MFA_SERIAL: "s", AWS_MFA_TTL: "900" }, { AWS_PROFILE: "dev", AWS_MFA_SERIAL: "s", AWS_MFA_TTL: "900" }],
    ["files and endpoints", dev, { AWS_CONFIG_FILE: "c", AWS_ENDPOINT_URL: "e" }, { AWS_PROFILE: "dev", AWS_CONFIG_FILE: "c", AWS_ENDPOINT_URL: "e" }],
    ["names much like ours", dev, { aws_profile: "x", AWS_PROFILES: "y" }, { AWS_PROFILE: "dev", aws_profile: "x", AWS_PROFILES: "y" }],
    ["anything else", dev, { PATH: "/bin", EMPTY: "", "a b": "c=d" }, { AWS_PROFILE: "dev", PATH: "/bin", EMPTY: "", "a b": "c=d" }],
    ["what is undefined", dev, { HOME: undefined, AWS_PROFILE: undefined }, { AWS_PROFILE: "dev" }],
    ["environment keys, nothing else", undefined, {}, {}],
    ["environment keys, a profile", undefined, { AWS_PROFILE: "x" }, { AWS_PROFILE: "x" }],
    ["environment keys, an old profile", undefined, { AWS_DEFAULT_PROFILE: "x" }, { AWS_DEFAULT_PROFILE: "x" }],
    ["environment keys, an account", undefined, { AWS_ACCOUNT_ID: "1" }, { AWS_ACCOUNT_ID: "1" }],
    ["environment keys, a token", undefined, { AWS_SECURITY_TOKEN: "t", AWS_MFA_TOKEN: "1" }, {}],
  ])("%s", (_name, profile, inherited, rest) => {
    const before = { ...inherited };
    const child = withAssignments(inherited, childAssignments({ session, profile }));
    expect(child).toStrictEqual({ ...rest, ...credentials });
    expect(inherited).toStrictEqual(before);
  });

  it("the expiration is UTC to the second, as botocore reads it", () => {
    const list = childAssignments({ session, profile: undefined });
    const [, expiration] = list.find(([name]) => name === "AWS_CREDENTIAL_EXPIRATION") ?? [];
    expect(expiration).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  });
});

describe("assignments", () => {
  it("are carried out in order: the last of a name counts", () => {
    expect(
      withAssignments({ A: "0" }, [
        ["A", "1"],
        ["B", "2"],
        ["A", "3"],
      ]),
    ).toEqual({ A: "3", B: "2" });
  });

  it("none leave the environment as it is, in a copy", () => {
    const env = { A: "1", B: "" };
    const copy = withAssignments(env, []);
    expect(copy).toStrictEqual(env);
    expect(copy).not.toBe(env);
  });
});
