import { describe, expect, it } from "vitest";
import { environmentKeys, type EnvironmentKeys } from "../../src/core/plan/environment-keys.ts";
import { firstVariable, isSwitchedOn, variable } from "../../src/core/environment.ts";

describe("a variable", () => {
  it.each<[value: string | undefined, read: string | undefined]>([
    [undefined, undefined],
    ["", undefined],
    [" ", " "],
    ["0", "0"],
    ["x", "x"],
  ])("%j is %j", (value, read) => {
    expect(variable({ A: value }, "A")).toBe(read);
    expect(firstVariable({ A: value }, "A")).toBe(read);
    expect(firstVariable({ A: value, B: "b" }, "A", "B")).toBe(read ?? "b");
  });

  it("the first of several that is not empty counts", () => {
    expect(firstVariable({ A: "", B: "b", C: "c" }, "A", "B", "C")).toBe("b");
    expect(firstVariable({ A: "a", B: "b" }, "B", "A")).toBe("b");
    expect(firstVariable({}, "A", "B")).toBeUndefined();
    expect(firstVariable({ A: "a" })).toBeUndefined();
  });
});

describe("a switch", () => {
  it.each<[value: string | undefined, on: boolean]>([
    [undefined, false],
    ["", false],
    ["0", false],
    ["false", false],
    ["FALSE", false],
    ["1", true],
    ["true", true],
    ["yes", true],
    ["2", true],
    ["00", true],
    [" ", true],
  ])("%j is on: %s", (value, on) => {
    expect(isSwitchedOn({ AWS_MFA_DEBUG: value }, "AWS_MFA_DEBUG")).toBe(on);
  });
});

describe("key variables", () => {
  const id = { AWS_ACCESS_KEY_ID: "AKIA" };
  const secret = { AWS_SECRET_ACCESS_KEY: "s" };
  const longTerm = { kind: "long-term", accessKeyId: "AKIA", secretAccessKey: "s" } as const;
  const temporary = { kind: "temporary", accessKeyId: "AKIA" } as const;

  it.each<[env: Record<string, string>, keys: EnvironmentKeys, why?: string]>([
    [{}, { kind: "none" }],
    [id, { kind: "incomplete" }],
    [{ ...id, AWS_SECRET_ACCESS_KEY: "" }, { kind: "incomplete" }],
    [{ ...id, AWS_SESSION_TOKEN: "t" }, { kind: "incomplete" }],
    [secret, { kind: "none" }, "a secret alone is ignored"],
    [{ AWS_SESSION_TOKEN: "t" }, { kind: "none" }, "a token alone is ignored"],
    [{ ...secret, AWS_SESSION_TOKEN: "t" }, { kind: "none" }],
    [{ ...secret, AWS_ACCESS_KEY_ID: "" }, { kind: "none" }],
    [{ ...id, ...secret }, longTerm],
    [{ ...id, ...secret, AWS_SESSION_TOKEN: "" }, longTerm],
    [{ ...id, ...secret, AWS_SESSION_TOKEN: "", AWS_SECURITY_TOKEN: "" }, longTerm],
    [{ ...id, ...secret, AWS_SESSION_TOKEN: "t" }, temporary],
    [{ ...id, ...secret, AWS_SECURITY_TOKEN: "t" }, temporary],
    [{ ...id, ...secret, AWS_SESSION_TOKEN: "", AWS_SECURITY_TOKEN: "t" }, temporary],
    [{ ...id, ...secret, AWS_SESSION_TOKEN: "t", AWS_SECURITY_TOKEN: "" }, temporary],
    [{ AWS_ACCESS_KEY: "AKIA", AWS_SECRET_KEY: "s" }, { kind: "none" }, "not the CLI's names"],
  ])("%j", (env, keys) => {
    expect(environmentKeys(env)).toEqual(keys);
  });
});
