import {
  chmodSync,
  closeSync,
  openSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { awsmfa } from "../support/commands.ts";
import { keysSection } from "../support/lab.ts";
import { run, runAwsmfa, type Ended } from "../support/run.ts";
import { leaveInStore, storedFor } from "../support/stored.ts";
import { answerOf, startProcessHome, type ProcessHome } from "./process-home.ts";
import { sessionFile } from "./user-home.ts";

type Variables = Readonly<Record<string, string>>;

/** One version-1 answer with the session that is stored, and nothing else. */
function expectAnswer(home: ProcessHome, { code, stdout }: Ended, profile = "dev"): void {
  const stored = storedFor(home, profile);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toEqual({
    Version: 1,
    AccessKeyId: stored["access_key_id"],
    SecretAccessKey: stored["secret_access_key"],
    SessionToken: stored["session_token"],
    Expiration: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
  });
}

const profileArgs = ["credential-process", "--profile", "dev"];

describe.concurrent("the answer", () => {
  test("comes cold and warm, of the same session, and says when that ends", async () => {
    await using home = await startProcessHome();
    const cold = await home.ask();
    expectAnswer(home, cold);
    expect(cold.stderr).toBe("");
    expect(await home.ask(home.alone)).toEqual(cold);
    const left = Date.parse(String(answerOf(cold)["Expiration"])) - Date.now();
    expect(left / 1000).toBeGreaterThan(43_000);
    expect(home.prompts()).toEqual(["MFA code for phone (profile dev): "]);
  });

  test("stands alone on stdout with AWS_MFA_DEBUG=1, which tells no secret", async () => {
    await using home = await startProcessHome();
    const env = { AWS_MFA_DEBUG: "1" };
    for (const ended of [await home.ask(env), await home.ask(env)]) {
      expectAnswer(home, ended);
      expect(ended.stderr).toMatch(/^awsmfa: debug: .*profile dev/);
      const { SecretAccessKey, SessionToken } = answerOf(ended);
      for (const secret of [SecretAccessKey, SessionToken, home.user.secretAccessKey]) {
        expect(ended.stderr).not.toContain(secret);
      }
    }
  });

  test("comes where the store cannot be written, and it is said", async () => {
    await using home = await startProcessHome();
    symlinkSync("/no/where", home.store);
    const ended = await home.ask();
    expect(ended.code).toBe(0);
    expect(answerOf(ended)["AccessKeyId"]).toMatch(/^ASIA/);
    expect(ended.stderr).toMatch(/^awsmfa: the session could not be stored in .*\n$/);
  });

  test("comes from a store that was open to others, which is tightened with a notice", async () => {
    await using home = await startProcessHome();
    leaveInStore(home, "dev", sessionFile(home));
    const file = join(home.store, "dev");
    chmodSync(home.store, 0o755);
    chmodSync(file, 0o644);
    const ended = await home.ask(home.alone);
    expectAnswer(home, ended);
    expect(ended.stderr).toBe(
      `awsmfa: ${home.store} was open to others: its mode is now 700.\n` +
        `awsmfa: ${file} was open to others: its mode is now 600.\n`,
    );
    expect([home.store, file].map((path) => statSync(path).mode & 0o777)).toEqual([0o700, 0o600]);
    expect(await home.ask(home.alone)).toMatchObject({ code: 0, stderr: "" });
  });

  test.each(["", "{", "null", '{"Version": 1}', "\0".repeat(100)])(
    "is a new session's where the file holds %j",
    async (text) => {
      await using home = await startProcessHome();
      leaveInStore(home, "dev", {});
      writeFileSync(join(home.store, "dev"), text);
      expectAnswer(home, await home.ask());
      expect(home.prompts()).toHaveLength(1);
    },
  );
});

describe.concurrent("an answer that cannot be printed", () => {
  const inShell = (home: ProcessHome, script: string): Promise<Ended> =>
    run("/bin/bash", ["--norc", "-c", script, "bash", process.execPath, awsmfa, ...profileArgs], {
      env: home.env,
    });

  test("on a full disk is an error, with the session kept for the next call", async () => {
    await using home = await startProcessHome();
    const ended = await inShell(home, '"$@" >/dev/full');
    expect(ended).toMatchObject({ code: 255, stdout: "" });
    expect(ended.stderr).toMatch(/^awsmfa: ENOSPC/);
    expectAnswer(home, await home.ask(home.alone));
  });

  test("on a pipe that nobody reads ends like any program's", async () => {
    await using home = await startProcessHome();
    const { stdout, stderr } = await inShell(home, '"$@" | true; echo "${PIPESTATUS[0]}"');
    // The reader may be gone late enough for all of it to have been written.
    expect(["141\n", "0\n"]).toContain(stdout);
    expect(stderr).toBe("");
  });
});

/** What a failure looks like: the exit code, what stderr begins with, and nothing on stdout. */
interface Failing {
  readonly what: string;
  readonly prepare?: (home: ProcessHome) => void;
  readonly profile?: string;
  readonly env?: Variables;
  readonly code: number;
  readonly says: string | RegExp;
}

const keysOfEnv = { AWS_ACCESS_KEY_ID: "AKIAENV", AWS_SECRET_ACCESS_KEY: "secret-of-env" };
const nobody = { AWS_MFA_PROMPT: "none" };
const none = "there is no MFA session for profile";
const serials = "awsmfa has sessions for long-term keys with an mfa_serial";

// prettier-ignore
const failures: readonly Failing[] = [
  { what: "nobody to ask", env: nobody, code: 253, says: "no MFA code for phone (profile dev), and nobody to ask." },
  { what: "a token that is wrong", env: { ...nobody, AWS_MFA_TOKEN: "000000" }, code: 254, says: /AccessDenied.*profile dev, key ….{4}, device phone/ },
  { what: "three wrong codes", prepare: (home) => { home.answer = () => home.sandbox.wrongCode("alice"); }, code: 254, says: "AWS did not accept that code" },
  { what: "askpass is cancelled", prepare: (home) => { home.answer = () => "fail"; }, code: 253, says: "no MFA code for phone (profile dev) was given." },
  { what: "a key that AWS does not know", prepare: ({ sandbox, user }) => sandbox.revoke(user.accessKeyId), code: 254, says: "InvalidClientTokenId" },
  { what: "an unknown profile", profile: "dve", code: 253, says: "there is no profile dve." },
  { what: "an empty AWS_PROFILE", profile: "", env: { AWS_PROFILE: "" }, code: 253, says: "there is no profile" },
  { what: "no profile at all", profile: "", code: 253, says: `${none} default: no profile is named, and there is none called default.` },
  { what: "SSO", profile: "sso", code: 253, says: `${none} sso: the profile signs in by SSO` },
  { what: "no serial", profile: "bare", code: 253, says: `${none} bare: the profile has no mfa_serial.\n  Name the device in it` },
  { what: "temporary keys", profile: "temporary", code: 253, says: `${none} temporary: the profile's keys are temporary.\n  ${serials}` },
  { what: "a role without keys", profile: "keyless", code: 253, says: `${none} keyless: the role's last source_profile has no long-term keys (profile sso).` },
  { what: "a role without a source", profile: "lost", code: 253, says: "Check source_profile in ~/.aws/config." },
  { what: "a role without a serial", profile: "unserial", code: 253, says: "Name the device in one of them" },
  { what: "a circle of roles", profile: "round", code: 253, says: "profile round names itself as source_profile, and has no keys." },
  { what: "environment keys without a serial", profile: "", env: keysOfEnv, code: 253, says: "the environment holds keys, and AWS_MFA_SERIAL is not set.\n  Set AWS_MFA_SERIAL" },
  { what: "somebody else's session in the environment", profile: "", env: { ...keysOfEnv, AWS_SESSION_TOKEN: "token" }, code: 253, says: "the environment holds temporary credentials.\n  awsmfa unsets" },
  { what: "a setting that makes no sense", env: { AWS_MFA_MIN_TTL: "soon" }, code: 253, says: 'AWS_MFA_MIN_TTL is "soon"' },
];

const sections = `
[profile sso]
sso_start_url = https://example.org
[profile bare]
aws_access_key_id = AKIABARE
aws_secret_access_key = secret-of-bare
[profile temporary]
aws_access_key_id = ASIATEMPORARY
aws_secret_access_key = secret-of-temporary
aws_session_token = token-of-temporary
[profile keyless]
role_arn = arn:aws:iam::123456789012:role/keyless
source_profile = sso
[profile lost]
role_arn = arn:aws:iam::123456789012:role/lost
source_profile = nowhere
[profile unserial]
role_arn = arn:aws:iam::123456789012:role/unserial
source_profile = bare
[profile round]
role_arn = arn:aws:iam::123456789012:role/round
source_profile = round
`;

describe.concurrent("a failure prints nothing on stdout:", () => {
  test.each(failures.map((row) => [row.what, row] as const))("%s", async (_what, row) => {
    await using home = await startProcessHome();
    home.configure(sections);
    row.prepare?.(home);
    const { stdout, stderr, code } = await home.ask(row.env, row.profile);
    expect({ code, stdout }, stderr).toEqual({ code: row.code, stdout: "" });
    expect(stderr).toMatch(/^awsmfa: /);
    expect(stderr).toMatch(typeof row.says === "string" ? literally(row.says) : row.says);
    expect(stderr).not.toMatch(/secret-of|token-of/);
  });

  test.each([
    [["dev"], "too many arguments"],
    [["--profil", "dev"], "unknown option"],
    [["--profile"], "argument missing"],
    [["--profile", "dev", "--install", "dev"], "cannot be used with"],
    [["--profile", "dev", "--dry-run"], "--install <profile>"],
    [["--profile", "dev", "--yes"], "--install <profile>"],
    [["--profile", "dev", "--as", "x"], "--install <profile>"],
  ])("%j is a usage error", async (args, says) => {
    await using home = await startProcessHome();
    const ended = await runAwsmfa(["credential-process", ...args], { env: home.env });
    expect(ended).toMatchObject({ code: 252, stdout: "", stderr: expect.stringContaining(says) });
  });
});

const literally = (text: string): RegExp => new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));

describe.concurrent("the profile", () => {
  test.each(["my dev", "it's", 'say "hi"', "größe-日本-🔑", "-x", "--help", "a=b", "a/b", "$HOME"])(
    "can be called %j, in whatever way it is named",
    async (name) => {
      await using home = await startProcessHome();
      const section = name.replaceAll(/["\\]/g, "\\$&");
      home.configure(
        `[profile "${section}"]\nregion = us-east-1\nmfa_serial = ${home.user.serial}\n`,
      );
      home.write(".aws/credentials", keysSection(name, home.user));
      const cold = await home.ask({}, name);
      expect(cold).toMatchObject({ code: 0, stderr: "" });
      const joined = await runAwsmfa(["credential-process", `--profile=${name}`], {
        env: home.alone,
      });
      const named = await home.ask({ ...home.alone, AWS_PROFILE: name }, "");
      expect([joined, named]).toEqual([cold, cold]);
      expect(home.prompts()).toEqual([`MFA code for phone (profile ${name}): `]);
    },
  );

  test("a code can be given with --token", async () => {
    await using home = await startProcessHome();
    const args = [...profileArgs, "--token", home.sandbox.freshCode("alice")];
    expectAnswer(home, await runAwsmfa(args, { env: home.alone }));
  });

  test.each<[what: string, more: Variables]>([
    ["AWS_PROFILE", { AWS_PROFILE: "dev" }],
    ["AWS_DEFAULT_PROFILE", { AWS_DEFAULT_PROFILE: "dev" }],
  ])("can be named by %s", async (_what, more) => {
    await using home = await startProcessHome();
    expectAnswer(home, await home.ask(more, ""));
  });

  test("a named one beats the keys of the environment", async () => {
    await using home = await startProcessHome();
    expectAnswer(home, await home.ask(keysOfEnv));
  });

  test("keys of the environment do, with AWS_MFA_SERIAL", async () => {
    await using home = await startProcessHome();
    const { accessKeyId, secretAccessKey, serial } = home.user;
    const env = {
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_MFA_SERIAL: serial,
    };
    const ended = await home.ask(env, "");
    expectAnswer(home, ended, home.stored()[0]);
    expect(await home.ask({ ...env, ...nobody }, "")).toEqual(ended);
  });

  test.each<[what: string, more: Variables]>([
    ["of its profile", {}],
    ["whatever AWS_PROFILE says", { AWS_PROFILE: "dev" }],
  ])("a session that we exported to the shell is renewed, %s", async (_what, more) => {
    await using home = await startProcessHome();
    const first = answerOf(await home.ask());
    const exported = {
      AWS_ACCESS_KEY_ID: String(first["AccessKeyId"]),
      AWS_SECRET_ACCESS_KEY: String(first["SecretAccessKey"]),
      AWS_SESSION_TOKEN: String(first["SessionToken"]),
      ...more,
    };
    expect(answerOf(await home.ask({ ...exported, ...nobody }, ""))).toEqual(first);
    const file = storedFor(home, "dev");
    leaveInStore(home, "dev", { ...file, expiration: "2020-01-01T00:00:00Z" });
    const next = await home.ask(exported, "");
    expectAnswer(home, next);
    expect(answerOf(next)["AccessKeyId"]).not.toBe(first["AccessKeyId"]);
  });
});

test("its secrets stay in the store, and out of every command line", async () => {
  await using home = await startProcessHome();
  // Whoever is asked looks at all processes while awsmfa waits.
  const seen = join(home.home, "command-lines");
  closeSync(openSync(seen, "w"));
  const look = home.program(
    "bin/look",
    `cat /proc/[0-9]*/cmdline >'${seen}' 2>/dev/null; exec "$AWS_MFA_ASKPASS_REAL" "$@"`,
  );
  const ended = await home.ask({
    AWS_MFA_ASKPASS: look,
    AWS_MFA_ASKPASS_REAL: home.env["AWS_MFA_ASKPASS"]!,
  });
  expectAnswer(home, ended);
  const { SecretAccessKey, SessionToken } = answerOf(ended);
  const commandLines = readFileSync(seen, "utf8");
  expect(commandLines).toContain("credential-process");
  expect(commandLines).not.toContain(home.user.secretAccessKey);
  const found = await run(
    "/bin/grep",
    ["-rlF", "-e", String(SecretAccessKey), "-e", String(SessionToken), home.home],
    { env: home.env },
  );
  expect(found.stdout).toBe(`${join(home.store, "dev")}\n`);
});
