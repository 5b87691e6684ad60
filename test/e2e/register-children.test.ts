import { describe, expect, test } from "vitest";
import { awsmfa } from "../support/commands.ts";
import { addRoles } from "../support/role-profiles.ts";
import { run } from "../support/run.ts";
import { changeStored, lasting, storedFor } from "../support/stored.ts";
import { calls, labWithCodes, programEnv, register, runRegistered, service } from "./registered.ts";

const alice = "arn:aws:iam::123456789012:user/alice";
const options = `--require ${register}`;

/** Says the next access key id that it finds in its environment, and is done. */
const say = `
  const first = process.env.AWS_ACCESS_KEY_ID;
  const timer = setInterval(() => {
    const key = process.env.AWS_ACCESS_KEY_ID;
    if (key === first) return;
    console.log(key);
    clearInterval(timer);
    if (process.connected) process.disconnect();
  }, 100);`;

/** A lab whose session is renewed some seconds after a program begins. */
async function labNearEnd(): Promise<Awaited<ReturnType<typeof labWithCodes>>> {
  const lab = await labWithCodes();
  await lab.signIn();
  changeStored(lab, "dev", lasting(43_200 - 906, 906));
  return lab;
}

describe.concurrent("what a registered program starts has the session, and keeps it fresh", () => {
  // prettier-ignore
  test.each<[name: string, program: string, lines: number]>([
    ["a child process", "require('child_process').spawn(process.execPath, ['CHILD'], { stdio: 'inherit' })", 1],
    ["one that is forked", "require('child_process').fork('CHILD')", 1],
    ["a cluster", "const c = require('cluster'); if (c.isPrimary) { c.fork(); c.fork(); } else { require('CHILD'); }", 2],
    ["a worker thread", "new (require('worker_threads').Worker)('CHILD')", 1],
    ["one with the very environment", "const w = require('worker_threads'); new w.Worker('CHILD', { env: w.SHARE_ENV }); require('CHILD')", 2],
    ["one with an environment of its own", "const w = require('worker_threads'); new w.Worker('CHILD', { env: { HOME: process.env.HOME, AWS_PROFILE: 'dev', NODE_OPTIONS: process.env.NODE_OPTIONS, AWS_ENDPOINT_URL: process.env.AWS_ENDPOINT_URL } })", 1],
    ["one whose thread ends, and leaves it to the others", "const w = require('worker_threads'); new w.Worker('setTimeout(() => process.exit(), 500)', { eval: true, env: w.SHARE_ENV }); require('CHILD')", 1],
  ])("%s", async (_name, text, lines) => {
    await using lab = await labNearEnd();
    const child = lab.write("child.cjs", say);
    const program = lab.write("program.cjs", text.replaceAll("CHILD", child));
    const env = programEnv(lab, { NODE_OPTIONS: options });
    const ended = await run(process.execPath, [program], { env, cwd: lab.home });
    const key = storedFor(lab, "dev")["access_key_id"]!;
    expect(ended).toMatchObject({ code: 0, stdout: `${key}\n`.repeat(lines), stderr: "" });
    expect(lab.codes()).toBe(2);
  });

  test("a program that is started by exports is given the session of its profile anew", async () => {
    await using lab = await labNearEnd();
    const held = storedFor(lab, "dev");
    const { AWS_PROFILE: _none, ...env } = programEnv(lab, {
      AWS_ACCESS_KEY_ID: held["access_key_id"]!,
      AWS_SECRET_ACCESS_KEY: held["secret_access_key"]!,
      AWS_SESSION_TOKEN: held["session_token"]!,
    });
    const ended = await run(process.execPath, ["--require", register, "-e", say], { env });
    const key = storedFor(lab, "dev")["access_key_id"]!;
    expect(ended).toMatchObject({ code: 0, stdout: `${key}\n`, stderr: "" });
    expect(key).not.toBe(held["access_key_id"]);
  });

  test("even where nothing in the store tells any more whose session it was", async () => {
    await using lab = await labNearEnd();
    const child = lab.write("child.cjs", say);
    const forget = `require("fs").rmSync(process.env.HOME + "/.aws/aws-mfa-secure-sessions/dev")`;
    const text = `require("child_process").fork("${child}"); setTimeout(() => ${forget}, 2500)`;
    const env = programEnv(lab, { NODE_OPTIONS: options });
    const ended = await run(process.execPath, [lab.write("program.cjs", text)], { env });
    const key = storedFor(lab, "dev")["access_key_id"]!;
    expect(ended).toMatchObject({ code: 0, stdout: `${key}\n`, stderr: "" });
  });

  test("a child of another profile has its own session", async () => {
    await using lab = await labWithCodes({ roles: [{ name: "admin", trust: { mfa: true } }] });
    addRoles(lab, { admin: {} });
    const program = lab.write(
      "program.cjs",
      `require("child_process").spawn(process.execPath, ["${service}"],
        { stdio: "inherit", env: { ...process.env, AWS_PROFILE: "admin" } })`,
    );
    const env = programEnv(lab, { NODE_OPTIONS: options });
    const { stdout, stderr } = await run(process.execPath, [program], { env });
    expect(stderr).toBe("");
    expect((JSON.parse(stdout) as { arn: string }).arn).toContain(":assumed-role/admin/");
    expect(lab.codes()).toBe(1);
  });

  test("twenty programs at once: one code", async () => {
    await using lab = await labWithCodes();
    const all = await Promise.all(
      Array.from({ length: 20 }, () => runRegistered(lab, {}, ["-p", "process.env.AWS_PROFILE"])),
    );
    for (const ended of all) expect(ended).toMatchObject({ code: 0, stdout: "undefined\n" });
    expect(lab.codes()).toBe(1);
  });
});

describe("NODE_OPTIONS", () => {
  test("register a program, and the commands of awsmfa are what they are without", async () => {
    await using lab = await labWithCodes();
    const env = programEnv(lab, { NODE_OPTIONS: options });
    const status = await run(process.execPath, [awsmfa, "status"], { env });
    expect(status).toMatchObject({ code: 1, stderr: "" });
    expect(lab.codes()).toBe(0);
    const ended = await run(process.execPath, [awsmfa, "exec", "--", process.execPath, service], {
      env,
    });
    expect(ended).toMatchObject({ code: 0, stderr: "" });
    expect((JSON.parse(ended.stdout) as { arn: string }).arn).toBe(alice);
    expect(calls(lab, "GetCallerIdentity").at(-1)).toMatchObject({ mfa: true });
  });

  test("reach a mfa_process that is a program of Node, which asks for no session", async () => {
    await using lab = await labWithCodes();
    const give = lab.write(
      "give.cjs",
      'console.log(require("fs").readFileSync(process.env.HOME + "/code", "utf8"))',
    );
    lab.write(
      ".aws/config",
      `[profile dev]\nregion = us-east-1\nmfa_serial = ${lab.serial}\nmfa_process = ${process.execPath} ${give}\n`,
    );
    const env = programEnv(lab, { NODE_OPTIONS: options });
    const ended = await run(process.execPath, ["-p", "process.env.AWS_REGION"], { env });
    expect(ended).toMatchObject({ code: 0, stdout: "us-east-1\n", stderr: "" });
  });

  test("a debugger that waits is waited for by the program alone", async () => {
    await using lab = await labWithCodes();
    const env = programEnv(lab, { NODE_OPTIONS: `${options} --inspect=127.0.0.1:0` });
    const ended = await run(process.execPath, ["-p", "process.env.AWS_REGION"], { env });
    expect(ended).toMatchObject({ code: 0, stdout: "us-east-1\n" });
    expect(ended.stderr.match(/Debugger listening/g)).toHaveLength(1);
  });
});

test("keys of the environment, and what it holds of them", async () => {
  await using lab = await labWithCodes();
  const { accessKeyId, secretAccessKey } = lab.sandbox.user("alice");
  const own = {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_MFA_SERIAL: lab.serial,
    AWS_MFA_TOKEN: lab.sandbox.freshCode("alice"),
  };
  const program = lab.write(
    "program.cjs",
    `require("child_process").spawn(process.execPath, ["${service}"], { stdio: "inherit", env: { ...process.env, AWS_PROFILE: "dev" } })`,
  );
  for (const file of [service, program]) {
    const env = programEnv(lab, { ...own, NODE_OPTIONS: options });
    const ended = await run(process.execPath, [file], { env });
    expect(ended).toMatchObject({ code: 0, stderr: "" });
    expect(JSON.parse(ended.stdout)).toEqual({ arn: alice, region: "us-east-1" });
  }
  expect(lab.codes()).toBe(1);
  for (const { mfa } of calls(lab, "GetCallerIdentity")) expect(mfa).toBe(true);
});
