import { chmodSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { startLab } from "../support/lab.ts";
import { onTerminal } from "../support/on-terminal.ts";
import { addRoles } from "../support/role-profiles.ts";
import { run } from "../support/run.ts";
import { calls, labWithCodes, programEnv, register, runRegistered, service } from "./registered.ts";

const alice = "arn:aws:iam::123456789012:user/alice";
const prompt = "MFA code for phone (profile dev): ";

/** What the service prints at its end. */
function seen(stdout: string): Record<string, string> {
  return JSON.parse(stdout) as Record<string, string>;
}

test.each(["--require", "--import"])("%s: a cold and a warm session", async (option) => {
  await using lab = await labWithCodes();
  for (let round = 1; round <= 2; round++) {
    const ended = await run(process.execPath, [option, register, service], {
      env: programEnv(lab),
    });
    expect(ended).toMatchObject({ code: 0, stderr: "" });
    // No profile is left for the SDK to prefer.
    expect(seen(ended.stdout)).toEqual({ arn: alice, region: "us-east-1" });
    expect(calls(lab, "GetCallerIdentity").at(-1)).toMatchObject({ mfa: true, status: 200 });
  }
  expect(lab.codes()).toBe(1);
});

test("the code of AWS_MFA_TOKEN, which the program does not see", async () => {
  await using lab = await startLab();
  const ended = await runRegistered(lab, { AWS_MFA_TOKEN: lab.sandbox.freshCode("alice") });
  expect(ended).toMatchObject({ code: 0, stderr: "" });
  expect(seen(ended.stdout)).toEqual({ arn: alice, region: "us-east-1" });
});

test("asks on the terminal, and leaves stdin to the program", async () => {
  await using lab = await startLab();
  const program = lab.write("cat.cjs", "process.stdin.pipe(process.stdout)");
  const script = `echo piped | "$0" --require '${register}' '${program}'; echo "status $?"`;
  const bash = ["-c", script, process.execPath];
  const terminal = onTerminal("/bin/bash", bash, programEnv(lab));
  await terminal.until(prompt);
  terminal.type(`${lab.sandbox.freshCode("alice")}\r`);
  await terminal.until("piped");
  await terminal.until("status 0");
});

test("^C at the prompt ends the program before it begins, and a loop that it runs in", async () => {
  await using lab = await startLab();
  const loop = `for i in 1 2 3; do "$0" --require '${register}' -p '"ran"'; done`;
  const terminal = onTerminal("/bin/bash", ["-c", loop, process.execPath], programEnv(lab));
  await terminal.until(prompt);
  terminal.type("\x03");
  expect(await terminal.ended).toMatchObject({ signal: 2 });
  expect(terminal.shown.split(prompt)).toHaveLength(2);
  expect(terminal.shown).not.toContain("ran");
});

test("^C in an askpass program ends the program in the same way", async () => {
  await using lab = await startLab();
  const askpass = lab.write("ask", "#!/bin/sh\nkill -s INT $$\n");
  chmodSync(askpass, 0o755);
  const env = { AWS_MFA_PROMPT: "askpass", AWS_MFA_ASKPASS: askpass };
  const ended = await runRegistered(lab, env, ["-p", '"ran"']);
  expect(ended).toEqual({ code: null, signal: "SIGINT", stdout: "", stderr: "" });
});

test("asks by an askpass program", async () => {
  await using lab = await startLab();
  const askpass = lab.write("ask", `#!/bin/sh\necho ${lab.sandbox.freshCode("alice")}\n`);
  chmodSync(askpass, 0o755);
  const ended = await runRegistered(lab, { AWS_MFA_PROMPT: "askpass", AWS_MFA_ASKPASS: askpass });
  expect(ended).toMatchObject({ code: 0, stderr: "" });
  expect(seen(ended.stdout)).toMatchObject({ arn: alice });
});

test("the session of a role", async () => {
  await using lab = await labWithCodes({ roles: [{ name: "admin", trust: { mfa: true } }] });
  addRoles(lab, { admin: {} });
  const ended = await runRegistered(lab, { AWS_PROFILE: "admin" });
  expect(ended).toMatchObject({ code: 0, stderr: "" });
  expect(seen(ended.stdout)["arn"]).toContain(":assumed-role/admin/");
});

// prettier-ignore
test.each<[name: string, env: Record<string, string>, arn: string]>([
  ["a profile without a device", { AWS_PROFILE: "plain" }, "arn:aws:iam::123456789012:user/bob"],
  ["keys of the environment", { AWS_PROFILE: "", KEYS: "bob" }, "arn:aws:iam::123456789012:user/bob"],
  ["no profile is named, and [default] has keys", { AWS_PROFILE: "" }, "arn:aws:iam::123456789012:user/bob"],
])("%s: the program runs as it is", async (_name, { KEYS: keys, ...env }, arn) => {
  await using lab = await startLab({ users: [{ name: "alice", devices: ["phone"] }, { name: "bob" }] });
  const bob = lab.sandbox.user("bob");
  const pair = `aws_access_key_id = ${bob.accessKeyId}\naws_secret_access_key = ${bob.secretAccessKey}\n`;
  lab.write(".aws/credentials", `[plain]\n${pair}[default]\n${pair}`);
  lab.write(".aws/config", "[profile plain]\nregion = eu-west-1\n[default]\nregion = eu-west-1\n");
  const own = { AWS_ACCESS_KEY_ID: bob.accessKeyId, AWS_SECRET_ACCESS_KEY: bob.secretAccessKey, AWS_REGION: "eu-west-1" };
  const given = { ...env, ...(keys && own) };
  const plain = await run(process.execPath, [service], { env: programEnv(lab, given) });
  const ended = await runRegistered(lab, given);
  expect(ended).toEqual(plain);
  expect(seen(ended.stdout)["arn"]).toBe(arn);
});

test("an empty AWS_PROFILE is none, as for the SDK: [default] has its session", async () => {
  await using lab = await labWithCodes();
  const files = { config: "[profile dev]", credentials: "[dev]" };
  for (const [name, header] of Object.entries(files)) {
    const text = readFileSync(join(lab.home, ".aws", name), "utf8");
    lab.write(`.aws/${name}`, text.replace(header, "[default]"));
  }
  const ended = await runRegistered(lab, { AWS_PROFILE: "" });
  expect(ended).toMatchObject({ code: 0, stderr: "" });
  expect(seen(ended.stdout)).toEqual({ arn: alice, region: "us-east-1" });
  expect(calls(lab, "GetCallerIdentity")).toMatchObject([{ mfa: true }]);
});

test("[default] with keys is nobody where another profile is active", async () => {
  await using lab = await labWithCodes({
    users: [{ name: "alice", devices: ["phone"] }, { name: "bob" }],
  });
  const [one, bob] = [lab.sandbox.user("alice"), lab.sandbox.user("bob")];
  const section = (name: string, { accessKeyId, secretAccessKey }: typeof one): string =>
    `[${name}]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`;
  lab.write(".aws/credentials", `${section("default", bob)}${section("dev", one)}`);
  expect(seen((await runRegistered(lab)).stdout)["arn"]).toBe(alice);
});

// prettier-ignore
test.each<[name: string, env: (lab: Awaited<ReturnType<typeof startLab>>) => Record<string, string>, code: number, said: RegExp]>([
  ["nobody to ask", () => ({}), 253, /^awsmfa: no MFA code for phone \(profile dev\), and nobody to ask\.\n/],
  ["a wrong code", (lab) => ({ AWS_MFA_TOKEN: lab.sandbox.wrongCode("alice") }), 254, /^awsmfa: AWS did not accept the code of AWS_MFA_TOKEN: wrong, or already used/],
  ["a file that cannot be read", (lab) => ({ AWS_CONFIG_FILE: lab.write("bad", "[dev\n") }), 253, /^awsmfa: .*bad/],
])("%s: the program does not start", async (_name, env, code, said) => {
  await using lab = await startLab();
  const ended = await runRegistered(lab, env(lab), ["-p", '"ran"']);
  expect(ended).toMatchObject({ code, stdout: "", signal: null });
  expect(ended.stderr).toMatch(said);
  expect(ended.stderr).not.toContain(lab.sandbox.user("alice").secretAccessKey);
});

// prettier-ignore
test.each<[code: string, end: string, said: RegExp]>([
  ["EAGAIN", "return { error }", /^awsmfa: .* could not be started \(EAGAIN\)\.\n$/],
  ["ERR_ACCESS_DENIED", "throw error", /^awsmfa: .* \(ERR_ACCESS_DENIED\)\.\n {2}.*--allow-child-process/],
])("where no process can be started (%s), neither is the program", async (code, end, said) => {
  await using lab = await startLab();
  const text = `const error = Object.assign(new Error("no"), { code: "${code}" });
    require("child_process").spawnSync = () => { ${end}; };`;
  const preload = ["--require", lab.write("none.cjs", text), "--require", register];
  const ended = await run(process.execPath, [...preload, "-p", '"ran"'], { env: programEnv(lab) });
  expect(ended).toMatchObject({ code: 255, signal: null, stdout: "" });
  expect(ended.stderr).toMatch(said);
});

test("AWS_MFA_REGISTER=0 keeps a program out", async () => {
  await using lab = await startLab();
  const ended = await runRegistered(lab, { AWS_MFA_REGISTER: "0" }, [
    "-p",
    "process.env.AWS_PROFILE",
  ]);
  expect(ended).toMatchObject({ code: 0, stdout: "dev\n", stderr: "" });
});

describe("whatever else goes on in the program", () => {
  test("what it preloads may print", async () => {
    await using lab = await labWithCodes();
    const noise = lab.write("noise.cjs", 'console.log("hello");');
    const ended = await runRegistered(lab, { NODE_OPTIONS: `--require ${noise}` }, [
      "-p",
      "process.env.AWS_ACCESS_KEY_ID",
    ]);
    expect(ended).toMatchObject({ code: 0, stdout: expect.stringMatching(/^hello\nASIA\w+\n$/) });
  });

  test("a profile that is not there is said, and the program runs", async () => {
    await using lab = await labWithCodes();
    const ended = await runRegistered(lab, { AWS_PROFILE: "dve" }, ["-p", "1"]);
    expect(ended).toMatchObject({ code: 0, stdout: "1\n" });
    expect(ended.stderr).toBe("awsmfa: there is no profile dve. This program gets no session.\n");
  });

  test("an environment that cannot be written does not end it", async () => {
    await using lab = await labWithCodes({ sessionSeconds: 4 });
    const program = `process.env = Object.freeze({ ...process.env }); setTimeout(() => console.log("on"), 4500)`;
    const ended = await runRegistered(lab, {}, ["-e", program]);
    expect(ended).toMatchObject({ code: 0, stdout: "on\n", stderr: "" });
  });

  test("keys of its own are left alone, and looked at now and then", async () => {
    await using lab = await labWithCodes({ sessionSeconds: 4 });
    const counts = lab.write(
      "counts.cjs",
      "globalThis.timers = 0; const later = setTimeout; globalThis.setTimeout = (...all) => (timers++, later(...all));",
    );
    const program =
      'process.env.AWS_ACCESS_KEY_ID = "AKIAOWN"; setTimeout(() => console.log(process.env.AWS_ACCESS_KEY_ID, timers), 4500)';
    const ended = await run(
      process.execPath,
      ["--require", counts, "--require", register, "-e", program],
      { env: programEnv(lab), cwd: lab.home },
    );
    const [, timers] = /^AKIAOWN (\d+)\n$/.exec(ended.stdout) ?? [];
    expect(Number(timers)).toBeLessThan(10);
    expect(lab.codes()).toBe(1);
  });

  test("an account that the environment names is not that of the keys", async () => {
    await using lab = await labWithCodes();
    const ended = await runRegistered(lab, { AWS_ACCOUNT_ID: "999999999999" }, [
      "-p",
      "process.env.AWS_ACCOUNT_ID",
    ]);
    expect(ended).toMatchObject({ code: 0, stdout: "undefined\n" });
  });
});
