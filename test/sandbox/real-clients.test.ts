import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startSandbox, type Sandbox } from "../../src/sandbox/sandbox.ts";
import { awsCommands, run, runAws } from "./real-clients.ts";
import { mfaSession, type Keys } from "./sts-client.ts";

let sandbox: Sandbox;
let mfa: Keys;
beforeAll(async () => {
  sandbox = await startSandbox();
  mfa = await mfaSession(sandbox);
});
afterAll(() => sandbox.close());

const alice = () => sandbox.user("alice");

describe.each(awsCommands())("%s", (command) => {
  const aws = (args: readonly string[], keys: Keys = mfa, input?: Buffer) =>
    runAws(command, sandbox, args, keys, input);
  const getSession = (code: string) =>
    aws(
      ["sts", "get-session-token", "--serial-number", alice().serial, "--token-code", code],
      alice(),
    );

  it("gets a session, and buckets with it", async () => {
    const { stdout, stderr } = await getSession(sandbox.freshCode("alice"));
    expect(stderr).toBe("");
    const { Credentials } = JSON.parse(stdout) as { Credentials: Record<string, string> };
    const buckets = await aws(["s3", "ls"], {
      accessKeyId: Credentials["AccessKeyId"] ?? "",
      secretAccessKey: Credentials["SecretAccessKey"] ?? "",
      sessionToken: Credentials["SessionToken"],
    });
    expect(buckets).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/demo-invoices[^]*demo-photos/),
    });
  });

  it("says why it got none", async () => {
    const [wrong, denied] = await Promise.all([
      getSession(sandbox.wrongCode("alice")),
      aws(["s3", "ls"], alice()),
    ]);
    expect(wrong.stderr).toContain(
      "An error occurred (AccessDenied) when calling the GetSessionToken operation: MultiFactorAuthentication failed with invalid MFA one time pass code.",
    );
    expect(denied.stderr).toContain(
      `An error occurred (AccessDenied) when calling the ListBuckets operation: User: ${alice().arn} is not authorized to perform: s3:ListAllMyBuckets`,
    );
    expect([wrong.code, denied.code].every((code) => code > 0)).toBe(true);
  });

  it("uploads a megabyte from a pipe, byte for byte", async () => {
    const content = randomBytes(1024 * 1024);
    const uploaded = await aws(["s3", "cp", "-", "s3://demo-photos/pipe/1 MB"], mfa, content);
    expect(uploaded).toMatchObject({ code: 0, stderr: "" });
    const stored = sandbox.buckets.get("demo-photos")?.objects.get("pipe/1 MB");
    expect(stored?.body.equals(content)).toBe(true);
    const listed = await aws(["s3", "ls", "s3://demo-photos/pipe/"]);
    expect(listed).toMatchObject({ code: 0, stdout: expect.stringMatching(/ 1048576 1 MB\n/) });
  });

  it("assumes a role and lists devices", async () => {
    const [assumed, devices] = await Promise.all([
      aws([
        "sts",
        "assume-role",
        "--role-arn",
        sandbox.role("admin").arn,
        "--role-session-name",
        "cli",
        "--query",
        "AssumedRoleUser.Arn",
      ]),
      aws(["iam", "list-mfa-devices", "--query", "MFADevices[].SerialNumber"], alice()),
    ]);
    expect([assumed.stderr, devices.stderr]).toEqual(["", ""]);
    expect(JSON.parse(assumed.stdout)).toBe("arn:aws:sts::123456789012:assumed-role/admin/cli");
    expect(JSON.parse(devices.stdout)).toEqual([alice().serial]);
  });
});

describe("boto3", () => {
  it("goes through it all", async (test) => {
    const probe = await run("python3", ["-c", "import boto3"], alice());
    if (probe.code !== 0) test.skip("python3 has no boto3 here: pip install boto3");
    const { serial } = alice();
    const codes = [sandbox.freshCode("alice"), sandbox.wrongCode("alice")];
    const script = join(import.meta.dirname, "boto3-client.py");
    const args = [script, sandbox.url, serial, ...codes, sandbox.role("deploy").arn];
    const { stdout, stderr } = await run("python3", args, alice());
    expect(stderr).toBe("");
    const found = JSON.parse(stdout) as Record<string, unknown>;
    expect(found).toEqual({
      denied: ["AccessDenied", 403],
      wrong: ["AccessDenied", 403],
      short: ["AccessDenied", 403],
      devices: [serial],
      buckets: ["demo-invoices", "demo-photos"],
      same: true,
      keys: expect.arrayContaining(["folder/ünd more+/9 MB"]),
      missing: ["404", 404],
      role: "arn:aws:sts::123456789012:assumed-role/deploy/boto",
      expires: expect.stringMatching(/^\d{4}-.*\+00:00$/),
    });
  });
});
