import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { devSection, keysSection, startLab, type Lab } from "../support/lab.ts";
import { run, runAwsmfa } from "../support/run.ts";
import { changeStored, lasting } from "../support/stored.ts";

interface Exported {
  /** The environment of a shell that has evaluated `exports`. */
  readonly env: Record<string, string>;
  readonly accessKeyId: string;
}

async function exportSession(lab: Lab): Promise<Exported> {
  const args = ["exports", "--format", "json", "--token", lab.sandbox.freshCode("alice")];
  const { stdout } = await runAwsmfa(args, { env: lab.env });
  const variables = JSON.parse(stdout) as Record<string, string>;
  return { env: { ...lab.env, ...variables }, accessKeyId: variables["AWS_ACCESS_KEY_ID"] ?? "" };
}

/** Sets the end of the stored session, as if it had been made long ago. */
function letSecondsRemain(lab: Lab, seconds: number): void {
  changeStored(lab, "dev", lasting(40_000, seconds));
}

const session = (env: Record<string, string>, more: Record<string, string> = {}) =>
  runAwsmfa(["session", "s3", "ls"], { env: { ...env, AWS_MFA_DEBUG: "1", ...more } });

const prints = 'echo "$AWS_ACCESS_KEY_ID $AWS_PROFILE"';

test("an exported session that lasts is passed through, and that is said", async () => {
  await using lab = await startLab();
  const { env, accessKeyId } = await exportSession(lab);
  lab.fakeAws(prints);
  const ended = await session(env);
  expect(ended).toMatchObject({ code: 0, stdout: `${accessKeyId} dev\n` });
  expect(ended.stderr).toContain(
    "pass through: the environment holds a session that awsmfa exported",
  );
});

test("one near its end is made anew with the profile's long-term keys", async () => {
  await using lab = await startLab();
  const { env, accessKeyId } = await exportSession(lab);
  letSecondsRemain(lab, 200);
  const ended = await session(env, { AWS_MFA_TOKEN: lab.sandbox.freshCode("alice") });
  expect(ended.code).toBe(0);
  expect(ended.stdout).toContain("demo-photos");
  expect(ended.stderr).toContain("MFA session for profile dev");
  expect(ended.stderr).toContain("(that of the environment is near its end)");
  const asked = lab.sandbox.calls.filter(({ operation }) => operation === "GetSessionToken");
  expect(asked.map((call) => call.accessKeyId)).toEqual(
    Array(2).fill(lab.sandbox.user("alice").accessKeyId),
  );
  expect(lab.sandbox.calls.at(-1)).toMatchObject({ operation: "ListBuckets", mfa: true });
  expect(lab.sandbox.calls.at(-1)?.accessKeyId).not.toBe(accessKeyId);
});

test("the other shells that hold the old one go on with the new one, without a code", async () => {
  await using lab = await startLab();
  const { env, accessKeyId } = await exportSession(lab);
  lab.fakeAws(prints);
  letSecondsRemain(lab, 200);
  await session(env, { AWS_MFA_TOKEN: lab.sandbox.freshCode("alice") });
  const again = await session(env);
  expect(again.code).toBe(0);
  expect(again.stdout).toMatch(/^ASIA\w+ dev\n$/);
  expect(again.stdout).not.toContain(accessKeyId);
  expect(again.stderr).toContain("stored session");
});

test("also after the second renewal", async () => {
  await using lab = await startLab();
  const { env } = await exportSession(lab);
  lab.fakeAws(prints);
  for (let renewal = 0; renewal < 2; renewal++) {
    letSecondsRemain(lab, 200);
    const ended = await session(lab.env, { AWS_MFA_TOKEN: lab.sandbox.freshCode("alice") });
    expect(ended.code).toBe(0);
  }
  const ended = await session(env);
  expect(ended.stderr).toContain("(that of the environment is near its end)");
  expect(ended.stderr).toContain("stored session");
});

test("a session that was replaced but lasts is passed through", async () => {
  await using lab = await startLab();
  const { env, accessKeyId } = await exportSession(lab);
  lab.fakeAws(prints);
  // The user has changed the device's name in AWS and in the file: another identity.
  lab.write(".aws/config", devSection(lab.serial));
  const file = JSON.parse(readFileSync(`${lab.store}/dev`, "utf8")) as {
    identity: { serial: string };
  };
  file.identity.serial = `${lab.serial}-old`;
  writeFileSync(`${lab.store}/dev`, JSON.stringify(file));
  const fresh = await session(lab.env, { AWS_MFA_TOKEN: lab.sandbox.freshCode("alice") });
  expect(fresh.stdout).not.toContain(accessKeyId);
  const ended = await session(env);
  expect(ended.stdout).toBe(`${accessKeyId} dev\n`);
  expect(ended.stderr).toContain(
    "pass through: the environment holds a session that awsmfa exported",
  );
});

test("after clean nothing knows it any more, and it is left alone", async () => {
  await using lab = await startLab();
  const { env, accessKeyId } = await exportSession(lab);
  lab.fakeAws(prints);
  letSecondsRemain(lab, 200);
  await runAwsmfa(["clean"], { env });
  const ended = await session(env);
  expect(ended.stdout).toBe(`${accessKeyId} dev\n`);
  expect(ended.stderr).toContain("pass through: the environment holds temporary credentials");
});

test("exec and exports renew it, too", async () => {
  await using lab = await startLab();
  const { env, accessKeyId } = await exportSession(lab);
  letSecondsRemain(lab, 200);
  const token = ["--token", lab.sandbox.freshCode("alice")];
  const exec = await runAwsmfa(["exec", ...token, "--", "/bin/sh", "-c", prints], { env });
  expect(exec).toMatchObject({ code: 0, stderr: "" });
  expect(exec.stdout).toMatch(/^ASIA\w+ \n$/);
  expect(exec.stdout).not.toContain(accessKeyId);
  const exports = await runAwsmfa(["exports"], { env });
  expect(exports.stdout).toContain(exec.stdout.trim());
});

test("in a real shell: eval, hours later eval again", async () => {
  await using lab = await startLab();
  lab.installAwsmfa();
  const { env } = await exportSession(lab);
  letSecondsRemain(lab, 200);
  const script = 'eval "$(awsmfa exports)" && aws s3 ls';
  const token = { AWS_MFA_TOKEN: lab.sandbox.freshCode("alice") };
  const ended = await run("/bin/bash", ["-c", script], { env: { ...env, ...token } });
  expect(ended).toMatchObject({ code: 0, stderr: "" });
  expect(ended.stdout).toContain("demo-photos");
});

test("exec gives it to SDKs as any other session: no profile, and the region", async () => {
  await using lab = await startLab();
  const { env, accessKeyId } = await exportSession(lab);
  const root = join(import.meta.dirname, "../..");
  const app = ["exec", "--", "node", join(root, "test/fixtures/js-sdk-app.mjs")];
  const named = await runAwsmfa(app, { env: { ...env, APP_HOME: `${root}/` } });
  expect(named).toMatchObject({ code: 0, stdout: "arn:aws:iam::123456789012:user/alice\n" });
  expect(lab.sandbox.calls.at(-1)).toMatchObject({ accessKeyId, mfa: true });
  const { AWS_PROFILE: _unset, ...nameless } = env;
  const shows = ["exec", "--", "/bin/sh", "-c", 'echo "$AWS_REGION ${AWS_PROFILE-none}"'];
  const unnamed = await runAwsmfa(shows, { env: nameless });
  expect(unnamed).toMatchObject({ code: 0, stderr: "", stdout: "us-east-1 none\n" });
});

test("of profiles that share it, the one that the shell names is meant", async () => {
  await using lab = await startLab();
  const alice = lab.sandbox.user("alice");
  const twin = `[profile twin]\nregion = eu-west-1\nmfa_serial = ${lab.serial}\n`;
  lab.write(".aws/config", `${readFileSync(`${lab.home}/.aws/config`, "utf8")}${twin}`);
  lab.write(".aws/credentials", keysSection("dev", alice) + keysSection("twin", alice));
  const { env } = await exportSession(lab);
  lab.fakeAws(prints);
  // Shared, so that both files hold it; then near its end in both.
  await runAwsmfa(["session", "s3", "ls"], { env: { ...lab.env, AWS_PROFILE: "twin" } });
  expect(lab.stored()).toEqual(["dev", "twin"]);
  letSecondsRemain(lab, 200);
  writeFileSync(
    `${lab.store}/twin`,
    readFileSync(`${lab.store}/dev`, "utf8").replace('"profile":"dev"', '"profile":"twin"'),
  );
  const token = { AWS_MFA_TOKEN: lab.sandbox.freshCode("alice") };
  const ended = await session({ ...env, AWS_PROFILE: "twin" }, token);
  expect(ended.stdout).toMatch(/^ASIA\w+ twin\n$/);
});
