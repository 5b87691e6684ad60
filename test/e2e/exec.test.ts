import { chmodSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { awsmfa, python } from "../support/commands.ts";
import { startLab, type Lab } from "../support/lab.ts";
import { shellOnTerminal } from "../support/on-terminal.ts";
import { run, runAwsmfa } from "../support/run.ts";

const root = join(import.meta.dirname, "../..");
const app = join(root, "test/fixtures/js-sdk-app.mjs");
const listBuckets =
  "import boto3; print([b['Name'] for b in boto3.client('s3').list_buckets()['Buckets']])";

/** What the command saw of the environment. */
async function seen(lab: Lab, args: string[], env: Record<string, string | undefined> = {}) {
  const all = Object.entries({ ...lab.env, ...env }).filter(([, value]) => value !== undefined);
  const ended = await runAwsmfa(
    ["exec", ...args, "--", process.execPath, "-p", "JSON.stringify(process.env)"],
    {
      env: Object.fromEntries(all) as Record<string, string>,
    },
  );
  expect(ended.code).toBe(0);
  const child = JSON.parse(ended.stdout) as Record<string, string>;
  const of = Object.entries(child).filter(([name]) => name.startsWith("AWS_"));
  return { stderr: ended.stderr, variables: Object.fromEntries(of) };
}

describe("SDKs reach AWS with the session, whatever AWS_PROFILE says", () => {
  test("the AWS SDK for JavaScript v3", async () => {
    await using lab = await startLab();
    await lab.signIn();
    const env = { ...lab.env, APP_HOME: `${root}/` };
    const ended = await runAwsmfa(["exec", "--", "node", app], { env });
    expect(ended).toMatchObject({ code: 0, stdout: "arn:aws:iam::123456789012:user/alice\n" });
    expect(lab.sandbox.calls.at(-1)).toMatchObject({ operation: "GetCallerIdentity", mfa: true });
    const without = await run("node", [app], { env });
    expect(without.code).toBe(0);
    expect(lab.sandbox.calls.at(-1)).toMatchObject({ operation: "GetCallerIdentity", mfa: false });
  });

  test("boto3", async () => {
    await using lab = await startLab();
    await lab.signIn();
    const ended = await runAwsmfa(["exec", "--", python, "-c", listBuckets], { env: lab.env });
    expect(ended).toMatchObject({ code: 0, stdout: "['demo-invoices', 'demo-photos']\n" });
    const without = await run(python, ["-c", listBuckets], { env: lab.env });
    expect(without.stderr).toContain("AccessDenied");
  });

  test("the real aws, and a code by --token", async () => {
    await using lab = await startLab();
    const token = ["--token", lab.sandbox.freshCode("alice")];
    const env = { ...lab.env, AWS_PROFILE: "nope" };
    const ended = await runAwsmfa(["exec", "--profile", "dev", ...token, "aws", "s3", "ls"], {
      env,
    });
    expect(ended).toMatchObject({ code: 0, stderr: "" });
    expect(ended.stdout).toContain("demo-photos");
  });
});

describe("the environment of the command", () => {
  test("a session, no profile, and both names of the region", async () => {
    await using lab = await startLab();
    await lab.signIn();
    const { variables, stderr } = await seen(lab, [], {
      AWS_DEFAULT_PROFILE: "dev",
      AWS_SECURITY_TOKEN: "stale",
      AWS_CREDENTIAL_EXPIRATION: "junk",
      AWS_MFA_TOKEN: "123456",
    });
    const session = JSON.parse(readFileSync(`${lab.store}/dev`, "utf8")) as Record<string, string>;
    expect(stderr).toBe("");
    expect(variables).toEqual({
      AWS_ACCESS_KEY_ID: session["access_key_id"],
      AWS_SECRET_ACCESS_KEY: session["secret_access_key"],
      AWS_SESSION_TOKEN: session["session_token"],
      AWS_CREDENTIAL_EXPIRATION: session["expiration"],
      AWS_REGION: "us-east-1",
      AWS_DEFAULT_REGION: "us-east-1",
      AWS_ENDPOINT_URL: lab.sandbox.url,
      AWS_EC2_METADATA_DISABLED: "true",
    });
  });

  // prettier-ignore
  test.each<[name: string, config: string, env: Record<string, string | undefined>, expected: Record<string, string | undefined>]>([
    ["AWS_REGION is copied", "", { AWS_REGION: "eu-west-1" }, { AWS_REGION: "eu-west-1", AWS_DEFAULT_REGION: "eu-west-1" }],
    ["AWS_DEFAULT_REGION is copied", "", { AWS_DEFAULT_REGION: "eu-west-1" }, { AWS_REGION: "eu-west-1", AWS_DEFAULT_REGION: "eu-west-1" }],
    ["both stay as they are", "", { AWS_REGION: "eu-west-1", AWS_DEFAULT_REGION: "eu-west-2" }, { AWS_REGION: "eu-west-1", AWS_DEFAULT_REGION: "eu-west-2" }],
    ["endpoint_url and ca_bundle of the profile", "endpoint_url = SANDBOX\nca_bundle = /ca.pem\n", { AWS_ENDPOINT_URL: undefined }, { AWS_ENDPOINT_URL: "SANDBOX", AWS_CA_BUNDLE: "/ca.pem" }],
    ["but not over the environment's", "endpoint_url = http://other\nca_bundle = /ca.pem\n", { AWS_CA_BUNDLE: "/own.pem" }, { AWS_ENDPOINT_URL: "SANDBOX", AWS_CA_BUNDLE: "/own.pem" }],
    ["the endpoints of services", "services = s\nendpoint_url = SANDBOX\n[services s]\ns3 =\n  endpoint_url = http://s3\nelastic_beanstalk =\n  endpoint_url = http://eb\n", { AWS_ENDPOINT_URL: undefined, AWS_ENDPOINT_URL_S3: "http://own" }, { AWS_ENDPOINT_URL: "SANDBOX", AWS_ENDPOINT_URL_S3: "http://own", AWS_ENDPOINT_URL_ELASTIC_BEANSTALK: "http://eb" }],
  ])("%s", async (_name, config, env, expected) => {
    await using lab = await startLab();
    const text = config.replaceAll("SANDBOX", lab.sandbox.url);
    lab.write(".aws/config", `[profile dev]\nregion = us-east-1\nmfa_serial = ${lab.serial}\n${text}`);
    const code = lab.sandbox.freshCode("alice");
    // Signed in against the sandbox, whatever endpoint the case is about.
    const at = { AWS_ENDPOINT_URL_STS: lab.sandbox.url, AWS_CA_BUNDLE: undefined };
    const { variables } = await seen(lab, ["--token", code], { ...at, ...env });
    for (const [name, value] of Object.entries(expected)) {
      expect([name, variables[name]]).toEqual([name, value?.replaceAll("SANDBOX", lab.sandbox.url)]);
    }
  });

  test("keys of the environment: their session, and the region of the active profile", async () => {
    await using lab = await startLab();
    const { accessKeyId, secretAccessKey } = lab.sandbox.user("alice");
    const { variables } = await seen(lab, ["--token", lab.sandbox.freshCode("alice")], {
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_MFA_SERIAL: lab.serial,
    });
    expect(variables).toMatchObject({
      AWS_ACCESS_KEY_ID: expect.stringMatching(/^ASIA/),
      AWS_REGION: "us-east-1",
    });
    expect(variables).not.toHaveProperty("AWS_PROFILE");
  });

  test("passes through untouched where no MFA applies", async () => {
    await using lab = await startLab();
    const before = { AWS_PROFILE: "nope", AWS_DEFAULT_PROFILE: "dev", AWS_ACCESS_KEY_ID: "x" };
    const { variables, stderr } = await seen(lab, [], before);
    expect(stderr).toBe("");
    expect(variables).toEqual({
      ...before,
      AWS_ENDPOINT_URL: lab.sandbox.url,
      AWS_EC2_METADATA_DISABLED: "true",
    });
  });

  test("an explicit profile that needs no session is set, and what shadows it goes", async () => {
    await using lab = await startLab();
    lab.write(".aws/config", "[profile prod-sso]\nsso_session = corp\n");
    const { variables } = await seen(lab, ["--profile", "prod-sso"], {
      AWS_DEFAULT_PROFILE: "dev",
      AWS_ACCESS_KEY_ID: "AKIA",
      AWS_SECRET_ACCESS_KEY: "s",
      AWS_SESSION_TOKEN: "t",
      AWS_SECURITY_TOKEN: "t",
      AWS_CREDENTIAL_EXPIRATION: "2020-01-01T00:00:00Z",
    });
    expect(variables).toEqual({
      AWS_PROFILE: "prod-sso",
      AWS_ENDPOINT_URL: lab.sandbox.url,
      AWS_EC2_METADATA_DISABLED: "true",
    });
  });
});

describe("traps are told", () => {
  // prettier-ignore
  test.each<[name: string, args: string[], env: Record<string, string>, said: RegExp | undefined]>([
    ["aws with a --profile of its own", ["aws", "s3", "ls", "--profile", "q"], {}, /^awsmfa: aws is given --profile q, and so ignores this session: .*\n$/],
    ["even the same one", ["aws", "s3", "ls", "--profile=dev"], {}, /--profile dev/],
    ["aws by its path", ["bin/aws", "--prof", "q", "s3", "ls"], {}, /--profile q/],
    ["no --profile", ["aws", "s3", "ls"], {}, undefined],
    ["behind --", ["aws", "s3", "ls", "--", "--profile", "q"], {}, undefined],
    ["another program", ["/bin/echo", "--profile", "q"], {}, undefined],
    ["another account", ["aws", "s3", "ls"], { AWS_ACCOUNT_ID: "999999999999" }, /^awsmfa: AWS_ACCOUNT_ID is 999999999999, but the session is one of 123456789012\.\n$/],
    ["the same account", ["aws", "s3", "ls"], { AWS_ACCOUNT_ID: "123456789012" }, undefined],
  ])("%s", async (_name, command, env, said) => {
    await using lab = await startLab();
    lab.fakeAws("exit 0");
    await lab.signIn();
    const ended = await runAwsmfa(["exec", "--profile", "dev", "--", ...command], { env: { ...lab.env, ...env }, cwd: lab.home });
    expect(ended.code).toBe(0);
    if (said === undefined) expect(ended.stderr).toBe("");
    else expect(ended.stderr).toMatch(said);
  });

  test("a profile of aws's own is no trap where there is no session", async () => {
    await using lab = await startLab();
    lab.fakeAws("exit 0");
    lab.write(".aws/config", "[profile none]\nregion = us-east-1\n");
    const ended = await runAwsmfa(["exec", "--profile", "none", "--", "aws", "--profile", "q"], {
      env: lab.env,
    });
    expect(ended).toMatchObject({ code: 0, stderr: "" });
  });
});

describe("the command", () => {
  // prettier-ignore
  test.each<[args: string[], got: string[]]>([
    [["--", "show", "-h", "", "a b", "--", "--profile", "*", "help"], ["-h", "", "a b", "--", "--profile", "*", "help"]],
    [["show", "--token", "1", "--", "x"], ["--token", "1", "--", "x"]],
    [["--profile", "dev", "show", "--profile", "prod"], ["--profile", "prod"]],
    [["--profile=dev", "--", "show", "--help"], ["--help"]],
    [["--", "show"], []],
  ])("%j is given its arguments byte for byte", async (args, got) => {
    await using lab = await startLab();
    await lab.signIn();
    chmodSync(lab.write("bin/show", `#!/bin/bash\nprintf '<%s>' "$@"\n`), 0o755);
    const ended = await runAwsmfa(["exec", ...args], { env: lab.env });
    const expected = got.length === 0 ? "<>" : got.map((arg) => `<${arg}>`).join("");
    expect(ended).toMatchObject({ code: 0, stderr: "", stdout: expected });
  });

  test("stdin, stdout and stderr are its own, and so is its exit status", async () => {
    await using lab = await startLab();
    await lab.signIn();
    const script = "cat; echo oops >&2; exit 7";
    const ended = await runAwsmfa(["exec", "--", "/bin/sh", "-c", script], {
      env: lab.env,
      stdin: "piped",
    });
    expect(ended).toEqual({ code: 7, signal: null, stdout: "piped", stderr: "oops\n" });
  });

  test.each(["SIGINT", "SIGTERM", "SIGKILL"])("when it dies of %s, so do we", async (signal) => {
    await using lab = await startLab();
    await lab.signIn();
    const script = `kill -s ${signal.slice(3)} $$; sleep 5`;
    const ended = await runAwsmfa(["exec", "--", "/bin/bash", "-c", script], { env: lab.env });
    expect(ended).toMatchObject({ code: null, signal });
  });

  test("inherits no descriptor of ours", async () => {
    await using lab = await startLab();
    await lab.signIn();
    const list = "ls /proc/self/fd";
    const itself = `"${process.execPath}" "${awsmfa}" exec --`;
    const script = `${itself} ${list} | sort >ours; ${list} | sort >plain; diff ours plain`;
    const ended = await run("/bin/bash", ["-c", script], { env: lab.env, cwd: lab.home });
    expect(ended).toMatchObject({ code: 0, stderr: "", stdout: "" });
  });

  // prettier-ignore
  test.each([
    ["a file", "EXEC cat /dev/fd/3 3<<<x", "x\n"],
    ["a file that no argument names", `EXEC sh -c 'cat <&3' 3<<<x`, "x\n"],
    ["a pipe", `EXEC sh -c 'cat <&4' 4< <(echo y)`, "y\n"],
    ["a lock", `exec 9>lock; flock 9; EXEC flock -n 9 && echo held`, "held\n"],
    ["a high one", `exec 63<<<z; EXEC sh -c 'cat /dev/fd/63'`, "z\n"],
    ["process substitution", "EXEC cat <(echo p)", "p\n"],
    ["make's job server", `printf 'all:\\n\\t+@EXEC $(MAKE) -s inner\\ninner:\\n\\t@echo made\\n' >Makefile; make -s -j2 all`, "made\n"],
  ])("inherits descriptors: %s", async (_name, script, stdout) => {
    await using lab = await startLab();
    await lab.signIn();
    const exec = `"${process.execPath}" "${awsmfa}" exec --`;
    const ended = await run("/bin/bash", ["-c", script.replace("EXEC", exec)], { env: lab.env, cwd: lab.home });
    expect(ended).toMatchObject({ code: 0, stderr: "", stdout });
  });

  test.each([
    [
      "bytes that are no text leave the user's own variables alone",
      "a=kept V=$'caf\\xe9'",
      "printenv a V",
    ],
    ["U+FFFD is a character like any other", "V=$'\\xef\\xbf\\xbd'", "bash -c f"],
  ])("%s", async (_name, assignments, command) => {
    await using lab = await startLab();
    await lab.signIn();
    const awsmfaItself = `'${process.execPath}' '${awsmfa}'`;
    const script = `f() { echo F; }; export -f f; export ${assignments}; ${awsmfaItself} exec -- ${command} | od -An -c`;
    const plain = `f() { echo F; }; export -f f; export ${assignments}; ${command} | od -An -c`;
    const ended = await run("/bin/bash", ["-c", script], { env: lab.env });
    expect(ended).toMatchObject({ code: 0, stderr: "" });
    expect(ended.stdout).toBe((await run("/bin/bash", ["-c", plain], { env: lab.env })).stdout);
    expect(ended.stdout).not.toBe("");
  });

  test("^C on the terminal reaches it once, and what it makes of that is ours", async () => {
    await using lab = await startLab();
    await lab.signIn();
    const handles = `trap "echo caught; exit 9" INT; echo up; for i in {1..50}; do sleep 0.1; done`;
    const terminal = shellOnTerminal(
      `awsmfa exec -- bash -c '${handles}'; echo "status $?"`,
      lab.env,
    );
    await terminal.until("up");
    terminal.type("\x03");
    await terminal.until("status 9");
    expect(terminal.shown.match(/caught/g)).toHaveLength(1);
  });

  test("^C ends a loop that it runs in", async () => {
    await using lab = await startLab();
    await lab.signIn();
    const script = 'for i in 1 2 3; do awsmfa exec -- bash -c "echo up; exec sleep 20"; done';
    const terminal = shellOnTerminal(script, lab.env);
    await terminal.until("up");
    terminal.type("\x03");
    expect(await terminal.ended).toMatchObject({ signal: 2 });
    expect(terminal.shown.match(/up/g)).toHaveLength(1);
  });

  // prettier-ignore
  test.each<[args: string[], code: number, said: RegExp]>([
    [["--", "no-such-command"], 127, /there is no command no-such-command/],
    [["--", "./plain"], 126, /\.\/plain is not executable/],
    [["--", "./.aws"], 126, /\.\/\.aws is a folder/],
    [["--", ""], 127, /there is no command ""/],
    [["--", "./broken"], 127, /\.\/broken could not be started \(ENOENT\)/],
    [[], 252, /missing required argument 'command'/],
    [["--"], 252, /missing required argument 'command'/],
    [["--bogus", "x"], 252, /unknown option '--bogus'/],
    [["--profile"], 252, /argument missing/],
    [["--profile", "dve", "--", "true"], 253, /there is no profile dve\.\n  Check --profile/],
  ])("%j: exit code %i, before anybody is asked for a code", async (args, code, said) => {
    await using lab = await startLab();
    lab.write("plain", "");
    chmodSync(lab.write("broken", "#!/no/such/interpreter\n"), 0o755);
    if (code === 127) await lab.signIn();
    const ended = await runAwsmfa(["exec", ...args], { env: lab.env, cwd: lab.home });
    expect(ended).toMatchObject({ code, stdout: "" });
    expect(ended.stderr).toMatch(said);
  });

  test("is not run when the code is wrong", async () => {
    await using lab = await startLab();
    const args = ["exec", "--token", lab.sandbox.wrongCode("alice"), "--", "/bin/echo", "ran"];
    const ended = await runAwsmfa(args, { env: lab.env });
    expect(ended).toMatchObject({ code: 254, stdout: "" });
    expect(ended.stderr).toContain(
      "AWS did not accept the code of --token: wrong, or already used",
    );
  });
});
