import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { awsCommands } from "../support/commands.ts";
import { keysSection, startLab, type Lab } from "../support/lab.ts";
import { runAwsmfa } from "../support/run.ts";

interface Case {
  name: string;
  /** Arguments for `aws` (default `s3 ls`). */
  args?: string[];
  /** Added to the environment; undefined takes a variable away. */
  env?: (lab: Lab) => Record<string, string | undefined>;
  prepare?: (lab: Lab) => void;
  /** What `aws` prints beside the buckets. */
  prints?: string;
}

const cases: Case[] = [
  { name: "AWS_PROFILE" },
  {
    name: "AWS_DEFAULT_PROFILE",
    env: () => ({ AWS_PROFILE: undefined, AWS_DEFAULT_PROFILE: "dev" }),
  },
  {
    name: "--profile x",
    args: ["s3", "ls", "--profile", "dev"],
    env: () => ({ AWS_PROFILE: undefined }),
  },
  {
    name: "--profile=x",
    args: ["--profile=dev", "s3", "ls"],
    env: () => ({ AWS_PROFILE: undefined }),
  },
  { name: "--prof x", args: ["s3", "ls", "--prof", "dev"], env: () => ({ AWS_PROFILE: "other" }) },
  {
    name: "keys in the credentials file alone, no config file",
    env: () => ({ AWS_CONFIG_FILE: "/nonexistent", AWS_REGION: "us-east-1" }),
    prepare: (lab) =>
      lab.write(
        ".aws/credentials",
        `${keysSection("dev", lab.sandbox.user("alice"))}mfa_serial = ${lab.serial}\n`,
      ),
  },
  {
    name: "keys in the config file alone, no credentials file",
    env: () => ({ AWS_SHARED_CREDENTIALS_FILE: "/nonexistent" }),
    prepare: (lab) =>
      lab.write(
        ".aws/config",
        `${keysSection("profile dev", lab.sandbox.user("alice"))}mfa_serial = ${lab.serial}\n`,
      ),
  },
  {
    name: "keys from variables and AWS_MFA_SERIAL",
    env: (lab) => ({
      AWS_PROFILE: undefined,
      AWS_ACCESS_KEY_ID: lab.sandbox.user("alice").accessKeyId,
      AWS_SECRET_ACCESS_KEY: lab.sandbox.user("alice").secretAccessKey,
      AWS_MFA_SERIAL: lab.serial,
    }),
  },
  {
    name: "a stale AWS_SECURITY_TOKEN and expiration in the environment",
    env: () => ({ AWS_SECURITY_TOKEN: "stale", AWS_CREDENTIAL_EXPIRATION: "junk" }),
  },
  {
    name: "output = text in the profile",
    args: ["s3api", "list-buckets"],
    prepare: (lab) =>
      lab.write(
        ".aws/config",
        `[profile dev]\noutput = text\nregion = eu-west-1\nmfa_serial = ${lab.serial}\n`,
      ),
    prints: "BUCKETS\t",
  },
  {
    name: "a custom AWS_SHARED_CREDENTIALS_FILE",
    env: (lab) => ({
      AWS_SHARED_CREDENTIALS_FILE: "~/my keys/$WHERE",
      WHERE: "here",
      HOME: lab.home,
    }),
    prepare: (lab) => {
      lab.write("my keys/here", keysSection("dev", lab.sandbox.user("alice")));
      lab.write(".aws/credentials", "");
    },
  },
  {
    name: "credential_process as the source of long-term keys",
    prepare: (lab) => {
      const { accessKeyId, secretAccessKey } = lab.sandbox.user("alice");
      const json = JSON.stringify({
        Version: 1,
        AccessKeyId: accessKeyId,
        SecretAccessKey: secretAccessKey,
      });
      lab.write("keys.json", json);
      lab.write(".aws/credentials", "");
      lab.write(
        ".aws/config",
        `[profile dev]\nmfa_serial = ${lab.serial}\ncredential_process = /bin/cat "${lab.home}/keys.json"\n`,
      );
    },
  },
];

describe.each(awsCommands)("with the real aws $version", ({ path, version }) => {
  // Older ones know no AWS_ENDPOINT_URL: what they are told by the wrapped arguments must arrive.
  const old = version.startsWith("2.9.");

  test.concurrent.each(cases)("$name", async ({ args = ["s3", "ls"], env, prepare, prints }) => {
    await using lab = await startLab();
    prepare?.(lab);
    const code = lab.sandbox.freshCode("alice");
    const changed = { ...lab.env, ...env?.(lab), AWS_MFA_AWS_PATH: path, AWS_MFA_TOKEN: code };
    const defined = Object.entries(changed).filter(([, value]) => value !== undefined);
    const all = Object.fromEntries(defined) as Record<string, string>;
    const wrapped = old ? [...args, "--endpoint-url", lab.sandbox.url] : args;
    for (const call of ["first", "second"]) {
      const ended = await runAwsmfa(["session", ...wrapped], { env: all });
      expect(ended, call).toMatchObject({ code: 0, stderr: "" });
      expect(ended.stdout).toContain("demo-photos");
      expect(ended.stdout).toContain(prints ?? "");
    }
    const asked = lab.sandbox.calls.filter(({ operation }) => operation === "GetSessionToken");
    expect(asked).toHaveLength(1);
    expect(lab.sandbox.calls.filter(({ operation }) => operation === "ListBuckets")).toMatchObject([
      { mfa: true, status: 200 },
      { mfa: true, status: 200 },
    ]);
  });

  test("a megabyte piped in on a cold store arrives whole", async () => {
    await using lab = await startLab();
    const bytes = randomBytes(1_000_000);
    const env = {
      ...lab.env,
      AWS_MFA_AWS_PATH: path,
      AWS_MFA_TOKEN: lab.sandbox.freshCode("alice"),
    };
    const args = ["session", "s3", "cp", "-", "s3://demo-photos/random"];
    const more = old ? ["--endpoint-url", lab.sandbox.url] : [];
    const ended = await runAwsmfa([...args, ...more], { env, stdin: bytes });
    expect(ended).toMatchObject({ code: 0, stderr: "" });
    const object = lab.sandbox.buckets.get("demo-photos")?.objects.get("random");
    expect(object && Buffer.compare(object.body, bytes)).toBe(0);
  });

  test("an explicit --profile that needs no MFA passes through", async () => {
    await using lab = await startLab();
    lab.write(".aws/credentials", keysSection("plain", lab.sandbox.user("alice")));
    const env = { ...lab.env, AWS_MFA_AWS_PATH: path };
    const args = ["sts", "get-caller-identity", "--profile", "plain", "--region", "us-east-1"];
    const ended = await runAwsmfa(["session", ...args, "--endpoint-url", lab.sandbox.url], { env });
    expect(ended).toMatchObject({ code: 0, stderr: "" });
    expect(lab.sandbox.calls).toMatchObject([{ operation: "GetCallerIdentity", mfa: false }]);
    expect(existsSync(lab.store)).toBe(false);
  });
});
