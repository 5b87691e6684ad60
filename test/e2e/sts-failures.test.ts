import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import type { CallRecord } from "../../src/sandbox/sandbox.ts";
import { keysSection, startLab, type Lab } from "../support/lab.ts";
import { runAwsmfa, type Ended } from "../support/run.ts";
import { shellOnTerminal } from "../support/on-terminal.ts";

interface Failure {
  name: string;
  /** Makes it fail, again and again. */
  prepare?: (lab: Lab, code: string) => void;
  env?: Record<string, string>;
  exit: number;
  /** The code that the message holds. */
  code: string;
  says: string | RegExp;
  /** How often STS is asked (default once: a code may be spent). */
  asked?: number;
}

const users = [
  { name: "alice", devices: ["phone"] },
  { name: "bob", devices: ["tablet"] },
];

const failures: Failure[] = [
  {
    name: "the access key is unknown",
    prepare: ({ sandbox }) => sandbox.revoke(sandbox.user("alice").accessKeyId),
    exit: 254,
    code: "InvalidClientTokenId",
    says: "does not know this access key",
  },
  {
    name: "the access key is of another partition",
    env: { AWS_REGION: "cn-north-1" },
    exit: 254,
    code: "InvalidClientTokenId",
    says: "another partition than the region's",
  },
  {
    name: "the secret is of another key",
    prepare: (lab) => {
      const { accessKeyId } = lab.sandbox.user("alice");
      const { secretAccessKey } = lab.sandbox.user("bob");
      lab.write(".aws/credentials", keysSection("dev", { accessKeyId, secretAccessKey }));
    },
    exit: 254,
    code: "SignatureDoesNotMatch",
    says: "secret access key does not belong to this access key",
  },
  {
    name: "a skew that stays, behind AWS",
    prepare: ({ sandbox: { trouble } }) => {
      trouble.clockOffsetMs = 20 * 60_000;
      const message = "Signature expired: 20260101T000000Z is now earlier than …";
      trouble.fail({ status: 403, code: "SignatureDoesNotMatch", message, times: Infinity });
    },
    exit: 254,
    code: "SignatureDoesNotMatch",
    says: /clock is (1199|1200|1201) s behind AWS\. Set the clock\./,
    asked: 3,
  },
  {
    name: "a skew that stays, ahead of AWS",
    prepare: ({ sandbox: { trouble } }) => {
      trouble.clockOffsetMs = -20 * 60_000;
      trouble.fail({ status: 403, code: "RequestTimeTooSkewed", message: "…", times: Infinity });
    },
    exit: 254,
    code: "RequestTimeTooSkewed",
    says: /clock is (1199|1200|1201) s ahead of AWS\. Set the clock\./,
    asked: 3,
  },
  {
    name: "ValidationError, which quotes the code",
    prepare: ({ sandbox }, code) =>
      sandbox.trouble.fail({
        status: 400,
        code: "ValidationError",
        message: `1 validation error detected: Value '${code}' at 'tokenCode' failed to satisfy constraint`,
        times: Infinity,
      }),
    exit: 254,
    code: "ValidationError",
    says: "Value '…' at 'tokenCode' failed to satisfy constraint",
  },
  {
    name: "throttled without end",
    prepare: ({ sandbox }) => sandbox.trouble.throttle({ times: Infinity }),
    exit: 254,
    code: "Throttling",
    says: "Try again in a minute",
    asked: 3,
  },
  ...[500, 503].map((status) => ({
    name: `HTTP ${status}`,
    prepare: ({ sandbox }: Lab) => sandbox.trouble.fail({ status, times: Infinity }),
    exit: 254,
    code: status === 500 ? "InternalFailure" : "ServiceUnavailable",
    says: "Try again with the next code",
  })),
  ...(["before", "after"] as const).map((when) => ({
    name: `the connection is dropped ${when} the request is handled`,
    prepare: ({ sandbox }: Lab) => sandbox.trouble.drop(when, { times: Infinity }),
    exit: 255,
    code: "ECONNRESET",
    says: "code may be used up",
  })),
  {
    name: "the connection is refused",
    env: { AWS_ENDPOINT_URL: "http://127.0.0.1:1" },
    exit: 255,
    code: "ECONNREFUSED",
    says: "could not be reached",
    asked: 0,
  },
  {
    name: "the endpoint's name cannot be resolved",
    env: { AWS_ENDPOINT_URL: "http://sts.invalid" },
    exit: 255,
    // EAI_AGAIN on a machine without a name server.
    code: "(ENOTFOUND|EAI_AGAIN)",
    says: "could not be reached",
    asked: 0,
  },
  ...[200, 302, 403, 407, 502].map((status) => ({
    name: `the page of a captive portal with HTTP ${status}`,
    prepare: ({ sandbox }: Lab, code: string) => {
      const body = `<!doctype html><html><body>Sign in<br>TokenCode=${code}</body></html>`;
      sandbox.trouble.fail({ status, body, times: Infinity });
    },
    exit: 255,
    code: "UnexpectedAnswer",
    says: status === 407 ? "proxy wants a name and a password" : `the answer (HTTP ${status}) was`,
  })),
  {
    name: "a portal's page that is XML as well",
    prepare: ({ sandbox }) =>
      sandbox.trouble.fail({ status: 403, body: "<html><p>no</p></html>", times: Infinity }),
    exit: 255,
    code: "UnexpectedAnswer",
    says: "the answer (HTTP 403) was",
  },
  {
    name: "an empty answer",
    prepare: ({ sandbox }) => sandbox.trouble.fail({ status: 200, body: "", times: Infinity }),
    exit: 255,
    code: "UnexpectedAnswer",
    says: "the answer (HTTP 200) was",
  },
  {
    name: "temporary keys as the source",
    prepare: ({ sandbox }) =>
      sandbox.trouble.fail({
        status: 403,
        code: "AccessDenied",
        message: "Cannot call GetSessionToken with session credentials",
        times: Infinity,
      }),
    exit: 254,
    code: "AccessDenied",
    says: "these keys are temporary",
  },
  {
    name: "expired keys as the source",
    prepare: ({ sandbox }) =>
      sandbox.trouble.fail({ status: 403, code: "ExpiredToken", message: "…", times: Infinity }),
    exit: 254,
    code: "ExpiredToken",
    says: "Renew them",
  },
  {
    name: "a policy that denies it, in words with line ends and colours",
    prepare: ({ sandbox }) =>
      sandbox.trouble.fail({
        status: 403,
        code: "AccessDenied",
        message: "not authorized:\n\n\n\n\u009b31msts:GetSessionToken",
        times: Infinity,
      }),
    exit: 254,
    code: "AccessDenied",
    says: "AWS refused: not authorized:????",
  },
];

test.concurrent.each(failures)("$name: $exit, $code", async (failure) => {
  await using lab = await startLab({ users });
  const { prepare, env, exit, code, says, asked = 1 } = failure;
  const mfaCode = lab.sandbox.freshCode("alice");
  lab.fakeAws("echo ran");
  prepare?.(lab, mfaCode);
  const all: Record<string, string> = { ...lab.env, ...env, AWS_MFA_TOKEN: mfaCode };
  const plain = await runAwsmfa(["session", "s3", "ls"], { env: all });
  expect(plain).toMatchObject({ code: exit, stdout: "" });
  expect(plain.stderr).toMatch(says);
  expect(plain.stderr).toMatch(new RegExp(`\\(${code}; profile dev, key ….{4}, device phone, STS`));
  expect(plain.stderr).toContain(`STS ${all["AWS_ENDPOINT_URL"]})`);
  expect(plain.stderr).toMatch(/^awsmfa: (.+\n){1,4}$/);
  expectSecrecy(lab, mfaCode, plain);
  expect(askedOf(lab)).toHaveLength(asked);

  const debugged = await runAwsmfa(["session", "s3", "ls"], {
    env: { ...all, AWS_MFA_DEBUG: "1" },
  });
  expect(debugged).toMatchObject({ code: exit, stdout: "" });
  expect(debugged.stderr).toContain("awsmfa: debug: ");
  expectSecrecy(lab, mfaCode, debugged);
  expect(existsSync(lab.store)).toBe(false);
});

test("a device of another user: one prompt only, told which device it is", async () => {
  await using lab = await startLab({ users });
  lab.fakeAws("echo ran");
  lab.write(
    ".aws/config",
    `[profile dev]\nregion = us-east-1\nmfa_serial = ${lab.sandbox.user("bob").serial}\n`,
  );
  const terminal = shellOnTerminal('awsmfa session s3 ls; echo "status $?"', lab.env);
  await terminal.until("MFA code for tablet (profile dev): ");
  const code = lab.sandbox.freshCode("bob");
  terminal.type(`${code}\r`);
  await terminal.until("status 254");
  expect(terminal.shown.split("MFA code for")).toHaveLength(2);
  expect(terminal.shown).toMatch(/\(AccessDenied; profile dev, key ….{4}, device tablet, STS/);
  expect(terminal.shown).toContain(
    `Check mfa_serial of profile dev: it is ${lab.sandbox.user("bob").serial}`,
  );
  expect(askedOf(lab)).toMatchObject([{ status: 403 }]);
  expect(existsSync(lab.store)).toBe(false);
  // What bob's device showed is still good for bob.
  expect(lab.sandbox.freshCode("bob")).toBe(code);
});

test("keys from variables are named as such", async () => {
  await using lab = await startLab({ users });
  const { accessKeyId } = lab.sandbox.user("alice");
  const { secretAccessKey } = lab.sandbox.user("bob");
  lab.write(".aws/config", "[default]\n");
  const env = {
    ...lab.env,
    AWS_PROFILE: "default",
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_MFA_SERIAL: lab.serial,
    AWS_REGION: "us-east-1",
    AWS_MFA_TOKEN: "123456",
  };
  const ended = await runAwsmfa(["session", "s3", "ls"], { env });
  expect(ended).toMatchObject({ code: 254, stdout: "" });
  expect(ended.stderr).toContain(
    `(SignatureDoesNotMatch; environment keys, key …${accessKeyId.slice(-4)}, device phone, STS`,
  );
  expect(ended.stderr).not.toContain(secretAccessKey);
});

test("a name and password in the endpoint URL are not shown", async () => {
  await using lab = await startLab({ users });
  const url = "http://me:hunter2@127.0.0.1:1/path";
  const env = { ...lab.env, AWS_ENDPOINT_URL: url, AWS_MFA_TOKEN: "123456" };
  const ended = await runAwsmfa(["session", "s3", "ls"], { env });
  expect(ended.code).toBe(255);
  expect(ended.stderr).toContain("STS http://127.0.0.1:1/path)");
  expect(ended.stderr).not.toContain("hunter2");
});

interface Recovery {
  name: string;
  prepare: (lab: Lab) => void;
  statuses: number[];
}

test.concurrent.each<Recovery>([
  {
    name: "a clock that is 20 minutes behind",
    prepare: ({ sandbox }) => void (sandbox.trouble.clockOffsetMs = 20 * 60_000),
    statuses: [403, 200],
  },
  {
    name: "a clock that is 20 minutes ahead",
    prepare: ({ sandbox }) => void (sandbox.trouble.clockOffsetMs = -20 * 60_000),
    statuses: [403, 200],
  },
  {
    name: "throttled once",
    prepare: ({ sandbox }) => sandbox.trouble.throttle(),
    statuses: [400, 200],
  },
  {
    name: "throttled twice",
    prepare: ({ sandbox }) => sandbox.trouble.throttle({ times: 2 }),
    statuses: [400, 400, 200],
  },
])("$name: works with the same code, silently", async ({ prepare, statuses }) => {
  await using lab = await startLab({ users });
  lab.fakeAws("echo ran");
  prepare(lab);
  const env = { ...lab.env, AWS_MFA_TOKEN: lab.sandbox.freshCode("alice") };
  const ended = await runAwsmfa(["session", "s3", "ls"], { env });
  expect(ended).toMatchObject({ code: 0, stdout: "ran\n", stderr: "" });
  expect(askedOf(lab).map(({ status }) => status)).toEqual(statuses);
});

test("throttled until it gave up: the code is not spent", async () => {
  await using lab = await startLab({ users });
  lab.fakeAws("echo ran");
  lab.sandbox.trouble.throttle({ times: Infinity });
  const env = { ...lab.env, AWS_MFA_TOKEN: lab.sandbox.freshCode("alice") };
  expect(await runAwsmfa(["session", "s3", "ls"], { env })).toMatchObject({ code: 254 });
  lab.sandbox.trouble.clear();
  expect(await runAwsmfa(["session", "s3", "ls"], { env })).toMatchObject({ code: 0, stderr: "" });
});

function askedOf({ sandbox }: Lab): CallRecord[] {
  return sandbox.calls.filter(({ operation }) => operation === "GetSessionToken");
}

function expectSecrecy({ sandbox }: Lab, code: string, { stderr }: Ended): void {
  for (const { secretAccessKey, accessKeyId } of sandbox.users) {
    expect(stderr).not.toContain(secretAccessKey);
    expect(stderr).not.toContain(accessKeyId);
  }
  expect(stderr).not.toContain(code);
}
