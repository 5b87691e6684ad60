import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { startLab, type Lab } from "../support/lab.ts";
import { changeStored, lasting } from "../support/stored.ts";
import { runAwsmfa } from "../support/run.ts";

const printEnvironment = 'exec env -0 > "$HOME/got"';

function got(lab: Lab): Record<string, string> {
  const lines = readFileSync(`${lab.home}/got`, "utf8").split("\0").filter(Boolean);
  const pairs = lines.map((line) => [
    line.slice(0, line.indexOf("=")),
    line.slice(line.indexOf("=") + 1),
  ]);
  const {
    SHLVL: _level,
    _: _self,
    PWD: _folder,
    OLDPWD: _old,
    ...rest
  } = Object.fromEntries(pairs) as Record<string, string>;
  return rest;
}

/** What an outer environment may hold that must not reach the child, or must. */
const outer = {
  AWS_SECURITY_TOKEN: "stale",
  AWS_CREDENTIAL_EXPIRATION: "2001-01-01T00:00:00Z",
  AWS_CREDENTIAL_SCOPE: "stale",
  AWS_DEFAULT_PROFILE: "other",
  AWS_ACCOUNT_ID: "999999999999",
  AWS_REGION: "eu-west-1",
  AWS_MFA_TTL: "900",
  ODD: "a\nb 'c' \"d\" $e \\ ünï",
  EMPTY: "",
};

test("a session of a profile: every variable we own is set or unset, the rest is inherited", async () => {
  await using lab = await startLab();
  const env = { ...lab.fakeAws(printEnvironment), ...outer };
  const token = lab.sandbox.freshCode("alice");
  expect(
    await runAwsmfa(["session", "x"], { env: { ...env, AWS_MFA_TOKEN: token } }),
  ).toMatchObject({
    code: 0,
    stderr: "",
  });
  const child = got(lab);
  const {
    AWS_SECURITY_TOKEN: _1,
    AWS_CREDENTIAL_SCOPE: _2,
    AWS_DEFAULT_PROFILE: _3,
    AWS_ACCOUNT_ID: _4,
    ...kept
  } = env;
  expect(child).toEqual({
    ...kept,
    AWS_ACCESS_KEY_ID: expect.stringMatching(/^ASIA/),
    AWS_SECRET_ACCESS_KEY: expect.any(String),
    AWS_SESSION_TOKEN: expect.any(String),
    AWS_CREDENTIAL_EXPIRATION: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    AWS_PROFILE: "dev",
  });
  const remaining = Date.parse(child["AWS_CREDENTIAL_EXPIRATION"] ?? "") - Date.now();
  expect(Math.abs(remaining / 1000 - 900)).toBeLessThan(60);
});

test("the profile's own aws_account_id takes the place of an inherited one", async () => {
  await using lab = await startLab();
  const env = { ...lab.fakeAws(printEnvironment), ...outer };
  lab.write(
    ".aws/config",
    `[profile dev]\nmfa_serial = ${lab.serial}\naws_account_id = 123456789012\n`,
  );
  await lab.signIn();
  await runAwsmfa(["session", "x"], { env });
  expect(got(lab)["AWS_ACCOUNT_ID"]).toBe("123456789012");
});

test("a session of environment keys leaves the profile's variables alone", async () => {
  await using lab = await startLab();
  const { accessKeyId, secretAccessKey } = lab.sandbox.user("alice");
  const env = {
    ...lab.fakeAws(printEnvironment),
    ...outer,
    AWS_SECURITY_TOKEN: "",
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_MFA_SERIAL: lab.serial,
    AWS_MFA_TOKEN: lab.sandbox.freshCode("alice"),
  };
  expect(await runAwsmfa(["session", "x"], { env })).toMatchObject({ code: 0, stderr: "" });
  expect(got(lab)).toMatchObject({
    AWS_ACCESS_KEY_ID: expect.stringMatching(/^ASIA/),
    AWS_PROFILE: "dev",
    AWS_DEFAULT_PROFILE: "other",
    AWS_ACCOUNT_ID: "999999999999",
  });
});

test.each([
  ["an unknown profile", { AWS_PROFILE: "none" }, ["s3", "ls"]],
  ["a local command", {}, ["configure", "list"]],
  ["an unsigned request", {}, ["s3", "ls", "--no-sign-request"]],
  [
    "temporary keys in the environment",
    { AWS_ACCESS_KEY_ID: "ASIAX", AWS_SECRET_ACCESS_KEY: "s", AWS_SESSION_TOKEN: "t" },
    ["s3", "ls"],
  ],
])(
  "passing through for %s: environment and arguments untouched, no message, no file",
  async (_name, more, args) => {
    await using lab = await startLab();
    const env = { ...lab.fakeAws(printEnvironment), ...outer, AWS_MFA_TOKEN: "123456", ...more };
    const ended = await runAwsmfa(["session", ...args], { env });
    expect(ended).toEqual({ code: 0, signal: null, stdout: "", stderr: "" });
    expect(got(lab)).toEqual(env);
    expect(existsSync(lab.store)).toBe(false);
    expect(existsSync(`${lab.home}/.cache`)).toBe(false);
    expect(lab.sandbox.calls).toHaveLength(0);
  },
);

test("an exported session of ours that is near its end is renewed, others pass through", async () => {
  await using lab = await startLab();
  const env = lab.fakeAws(printEnvironment);
  await lab.signIn();
  await runAwsmfa(["session", "x"], { env });
  const exported = got(lab);

  await runAwsmfa(["session", "x"], { env: exported });
  expect(got(lab)["AWS_ACCESS_KEY_ID"]).toBe(exported["AWS_ACCESS_KEY_ID"]);

  const nearEnd = { ...exported, AWS_MFA_TOKEN: lab.sandbox.freshCode("alice") };
  changeStored(lab, "dev", lasting(3600, 60));
  const renewed = await runAwsmfa(["session", "x"], { env: nearEnd });
  expect(renewed).toMatchObject({ code: 0, stderr: "" });
  expect(got(lab)["AWS_ACCESS_KEY_ID"]).not.toBe(exported["AWS_ACCESS_KEY_ID"]);
  expect(got(lab)["AWS_PROFILE"]).toBe("dev");
});

test("the SDK's switch for its own notice does not reach the child", async () => {
  await using lab = await startLab();
  const env = { ...lab.fakeAws(printEnvironment), AWS_MFA_TOKEN: lab.sandbox.freshCode("alice") };
  await runAwsmfa(["session", "x"], { env });
  expect(Object.keys(got(lab)).filter((name) => name.startsWith("AWS_SDK"))).toEqual([]);
});
