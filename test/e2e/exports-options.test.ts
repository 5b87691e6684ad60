import { readFileSync } from "node:fs";
import { constants } from "node:os";
import { describe, expect, test } from "vitest";
import { keysSection, startLab, type Lab } from "../support/lab.ts";
import { onTerminal } from "../support/on-terminal.ts";
import { run, runAwsmfa } from "../support/run.ts";

const stored = (lab: Lab, file = "dev"): Record<string, string> =>
  JSON.parse(readFileSync(`${lab.store}/${file}`, "utf8")) as Record<string, string>;

/** The terminal of a process, as `ps` names it. */
async function terminalOf(pid: number): Promise<string> {
  const { stdout } = await run("ps", ["-o", "tty=", "-p", String(pid)], {
    env: { PATH: "/usr/bin:/bin" },
  });
  return stdout.trim();
}

const minutesLeft = (time: string | undefined): number =>
  Math.round((Date.parse(time ?? "") - Date.now()) / 60_000);

describe("what exports prints", () => {
  test("POSIX lines in the order of the Ruby gem, for a caller that is no shell", async () => {
    await using lab = await startLab();
    await lab.signIn();
    const session = stored(lab);
    const ended = await runAwsmfa(["exports"], { env: lab.env });
    expect(ended).toEqual({
      code: 0,
      signal: null,
      stderr: "",
      stdout:
        `export AWS_ACCESS_KEY_ID='${session["access_key_id"]}';\n` +
        `export AWS_SECRET_ACCESS_KEY='${session["secret_access_key"]}';\n` +
        `export AWS_SESSION_TOKEN='${session["session_token"]}';\n` +
        `export AWS_CREDENTIAL_EXPIRATION='${session["expiration"]}';\n`,
    });
  });

  // prettier-ignore
  test.each([
    ["bash", /^(export AWS_\w+='[^']*';\n){5}$/],
    ["zsh", /^(export AWS_\w+='[^']*';\n){5}$/],
    ["sh", /^(export AWS_\w+='[^']*';\n){5}$/],
    ["fish", /^(set -gx AWS_\w+ '[^']*';\n){5}$/],
    ["tcsh", /^(setenv AWS_\w+ '[^']*';\n){5}$/],
    ["powershell", /^(\$Env:AWS_\w+ = '[^']*';\n){5}$/],
    ["cmd", /^(set "AWS_\w+=[^"]*"\n){5}$/],
  ])("--shell %s, with an old token emptied", async (shell, expected) => {
    await using lab = await startLab();
    await lab.signIn();
    const env = { ...lab.env, AWS_SECURITY_TOKEN: "stale" };
    const ended = await runAwsmfa(["exports", "--shell", shell], { env });
    expect(ended).toMatchObject({ code: 0, stderr: "" });
    expect(ended.stdout).toMatch(expected);
    expect(ended.stdout).not.toContain("stale");
  });

  test("--format json, env and process", async () => {
    await using lab = await startLab();
    await lab.signIn();
    const session = stored(lab);
    const variables = {
      AWS_ACCESS_KEY_ID: session["access_key_id"],
      AWS_SECRET_ACCESS_KEY: session["secret_access_key"],
      AWS_SESSION_TOKEN: session["session_token"],
      AWS_CREDENTIAL_EXPIRATION: session["expiration"],
    };
    const text = async (format: string): Promise<string> =>
      (await runAwsmfa(["exports", "--format", format], { env: lab.env })).stdout;
    expect(JSON.parse(await text("json"))).toEqual(variables);
    const lines = Object.entries(variables).map(([name, value]) => `${name}=${value}\n`);
    expect(await text("env")).toBe(lines.join(""));
    expect(JSON.parse(await text("process"))).toEqual({
      Version: 1,
      AccessKeyId: session["access_key_id"],
      SecretAccessKey: session["secret_access_key"],
      SessionToken: session["session_token"],
      Expiration: session["expiration"],
    });
  });

  test("boto3's own reader of credential_process takes --format process", async () => {
    await using lab = await startLab();
    lab.installAwsmfa();
    await lab.signIn();
    lab.write(
      ".aws/config",
      `${readFileSync(`${lab.home}/.aws/config`, "utf8")}[profile sdk]\nregion = us-east-1\ncredential_process = awsmfa exports --profile dev --format process\n`,
    );
    const env = { ...lab.env, AWS_PROFILE: "sdk" };
    const ended = await run("/bin/sh", ["-c", "aws s3 ls"], { env });
    expect(ended).toMatchObject({ code: 0, stderr: "" });
    expect(ended.stdout).toContain("demo-photos");
  });
});

describe("whose session", () => {
  test("the store and its sharing are those of session", async () => {
    await using lab = await startLab();
    const token = { AWS_MFA_TOKEN: lab.sandbox.freshCode("alice") };
    const first = await runAwsmfa(["exports"], { env: { ...lab.env, ...token } });
    expect(first.stdout).toContain(stored(lab)["access_key_id"]);
    const after = await runAwsmfa(["session", "s3", "ls"], { env: lab.env });
    expect(after).toMatchObject({ code: 0, stderr: "" });
  });

  // prettier-ignore
  test.each<[name: string, args: (code: string) => string[], env: (lab: Lab, code: string) => Record<string, string>, file: string, said?: RegExp]>([
    ["--profile beats AWS_PROFILE", (code) => ["--profile", "dev", "--token", code], () => ({ AWS_PROFILE: "nope" }), "dev", /^awsmfa: AWS_PROFILE is still nope: region and output come from there/],
    ["--token gives the code", (code) => ["--token", code], () => ({}), "dev"],
    ["AWS_MFA_TOKEN gives the code", () => [], (_lab, code) => ({ AWS_MFA_TOKEN: code }), "dev"],
    ["--token beats AWS_MFA_TOKEN", (code) => ["--token", code], () => ({ AWS_MFA_TOKEN: "junk" }), "dev"],
    ["AWS_MFA_SERIAL names the device", (code) => ["--profile", "bare", "--token", code], (lab) => ({ AWS_MFA_SERIAL: lab.serial }), "bare", /AWS_PROFILE is still dev/],
    ["keys of the environment", (code) => ["--token", code], (lab) => ({
      AWS_ACCESS_KEY_ID: lab.sandbox.user("alice").accessKeyId, AWS_SECRET_ACCESS_KEY: lab.sandbox.user("alice").secretAccessKey, AWS_MFA_SERIAL: lab.serial,
    }), "%%keys-"],
  ])("%s", async (_name, args, env, file, said = /^$/) => {
    await using lab = await startLab();
    lab.write(".aws/credentials", keysSection("dev", lab.sandbox.user("alice")) + keysSection("bare", lab.sandbox.user("alice")));
    const code = lab.sandbox.freshCode("alice");
    const ended = await runAwsmfa(["exports", ...args(code)], { env: { ...lab.env, ...env(lab, code) } });
    expect(ended.code).toBe(0);
    expect(ended.stderr).toMatch(said);
    const [name = ""] = lab.stored();
    expect(name.startsWith(file)).toBe(true);
    expect(ended.stdout).toContain(stored(lab, name)["session_token"]);
  });

  test("AWS_MFA_TTL is asked for, and refused before anybody is", async () => {
    await using lab = await startLab();
    const args = ["exports", "--token", lab.sandbox.freshCode("alice")];
    const bad = await runAwsmfa(args, { env: { ...lab.env, AWS_MFA_TTL: "899" } });
    expect(bad.code).toBe(253);
    expect(bad.stdout).toBe("(exit 253);\n");
    const good = await runAwsmfa(args, { env: { ...lab.env, AWS_MFA_TTL: "900" } });
    expect(good.code).toBe(0);
    expect(minutesLeft(stored(lab)["expiration"])).toBe(15);
  });

  test("a shell that holds an exported session gets the same again, or that of another profile", async () => {
    await using lab = await startLab();
    const { accessKeyId, secretAccessKey } = lab.sandbox.user("alice");
    lab.write(
      ".aws/credentials",
      keysSection("dev", { accessKeyId, secretAccessKey }) +
        keysSection("other", { accessKeyId, secretAccessKey }) +
        `mfa_serial = ${lab.serial}\n`,
    );
    lab.installAwsmfa();
    await lab.signIn();
    const script = `eval "$(awsmfa exports)"
      first=$AWS_ACCESS_KEY_ID; eval "$(awsmfa exports)"; [ "$first" = "$AWS_ACCESS_KEY_ID" ] && echo same
      unset AWS_PROFILE; eval "$(awsmfa exports)"; [ "$first" = "$AWS_ACCESS_KEY_ID" ] && echo its own
      export AWS_PROFILE=other; eval "$(awsmfa exports)"; ls ~/.aws/aws-mfa-secure-sessions`;
    const ended = await run("/bin/bash", ["-c", script], { env: lab.env });
    expect(ended).toMatchObject({ code: 0, stderr: "", stdout: "same\nits own\ndev\nother\n" });
  });
});

describe("exports without MFA", () => {
  test("a profile without a serial: two warnings that name it and --no-mfa, exit 0, nothing on stdout", async () => {
    await using lab = await startLab();
    lab.write(".aws/config", "[profile dev]\nregion = us-east-1\n");
    const ended = await runAwsmfa(["exports"], { env: lab.env });
    expect(ended).toMatchObject({ code: 0, stdout: "" });
    expect(ended.stderr).toMatch(/^awsmfa: WARN: .*profile dev.*\nawsmfa: WARN: .*--no-mfa.*\n$/);
    expect(lab.sandbox.calls).toEqual([]);
  });

  // prettier-ignore
  test.each<[name: string, files: (lab: Lab) => string, env: Record<string, string>]>([
    ["long-term keys of a profile", (lab) => keysSection("dev", lab.sandbox.user("alice")), {}],
    ["a profile with a serial, which is not sent", (lab) => `${keysSection("dev", lab.sandbox.user("alice"))}mfa_serial = ${lab.serial}\n`, {}],
    ["another --profile", (lab) => keysSection("dev", lab.sandbox.user("alice")), { AWS_PROFILE: "nope" }],
  ])("--no-mfa: %s", async (_name, files, env) => {
    await using lab = await startLab();
    lab.write(".aws/config", "");
    lab.write(".aws/credentials", files(lab));
    const ended = await runAwsmfa(["exports", "--no-mfa", "--profile", "dev"], { env: { ...lab.env, ...env, AWS_MFA_TTL: "1800" } });
    expect(ended.code).toBe(0);
    expect(ended.stdout).toMatch(/^export AWS_ACCESS_KEY_ID='ASIA/);
    expect(minutesLeft(/EXPIRATION='([^']*)'/.exec(ended.stdout)?.[1])).toBe(30);
    expect(() => lab.stored()).toThrow("ENOENT");
    expect(lab.sandbox.calls).toMatchObject([{ operation: "GetSessionToken", errorCode: undefined }]);
  });

  test("keys of the environment whose session took their place: it is given once more", async () => {
    await using lab = await startLab();
    const { accessKeyId, secretAccessKey } = lab.sandbox.user("alice");
    const keys = {
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_MFA_SERIAL: lab.serial,
    };
    const args = ["exports", "--format", "json"];
    const first = await runAwsmfa([...args, "--token", lab.sandbox.freshCode("alice")], {
      env: { ...lab.env, ...keys },
    });
    const variables = JSON.parse(first.stdout) as Record<string, string>;
    const again = await runAwsmfa(args, { env: { ...lab.env, ...keys, ...variables } });
    expect(again).toEqual(first);
  });

  test("--no-mfa takes keys of the environment, and never temporary ones", async () => {
    await using lab = await startLab();
    const { accessKeyId, secretAccessKey } = lab.sandbox.user("alice");
    const keys = { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey };
    const good = await runAwsmfa(["exports", "--no-mfa"], { env: { ...lab.env, ...keys } });
    expect(good).toMatchObject({ code: 0, stderr: "" });
    const bad = await runAwsmfa(["exports", "--no-mfa"], {
      env: { ...lab.env, ...keys, AWS_SESSION_TOKEN: "t" },
    });
    expect(bad).toMatchObject({ code: 253, stdout: "(exit 253);\n" });
    expect(bad.stderr).toContain("the environment holds no long-term keys");
    expect(lab.sandbox.calls).toHaveLength(1);
  });

  // prettier-ignore
  test.each<[name: string, config: string, env: Record<string, string>, code: number, said: RegExp]>([
    ["an unknown profile", "", { AWS_PROFILE: "nope" }, 253, /there is no profile nope/],
    ["half a key pair", "", { AWS_ACCESS_KEY_ID: "AKIA" }, 253, /without AWS_SECRET_ACCESS_KEY/],
    ["somebody else's temporary keys", "", { AWS_ACCESS_KEY_ID: "ASIA", AWS_SECRET_ACCESS_KEY: "s", AWS_SESSION_TOKEN: "t" }, 253, /nothing to export for profile dev: the environment holds temporary credentials\.\n  awsmfa unsets/],
    ["an SSO profile", "[profile sso]\nsso_session = x\n", { AWS_PROFILE: "sso" }, 253, /nothing to export for profile sso: the profile signs in by SSO/],
    ["an empty --profile is none", "", { AWS_PROFILE: "sso-like" }, 253, /there is no profile sso-like/],
    ["a role of a profile without keys", "[profile role]\nrole_arn = arn:aws:iam::123456789012:role/admin\nsource_profile = none\nmfa_serial = arn:aws:iam::123456789012:mfa/phone\n[profile none]\n", { AWS_PROFILE: "role" }, 253, /nothing to export for profile role: the role's last source_profile has no long-term keys \(profile none\)\.\n  awsmfa has sessions for long-term keys with an mfa_serial, and for roles assumed with them/],
    ["a role of no profile", "[profile role]\nrole_arn = arn:aws:iam::123456789012:role/admin\nsource_profile = dve\n", { AWS_PROFILE: "role" }, 253, /its source_profile is missing or names no profile, or credential_source stands there \(profile role\)\.\n  Check source_profile/],
    ["a role without a device", "[profile role]\nrole_arn = arn:aws:iam::123456789012:role/admin\nsource_profile = bare\n[profile bare]\naws_access_key_id = AKIA\naws_secret_access_key = none\n", { AWS_PROFILE: "role" }, 253, /no mfa_serial in the role profile, nor in any source_profile of it \(profile role\)\.\n  Name the device in one of them/],
    ["a process with temporary keys", `[profile vault]\nmfa_serial = arn:aws:iam::123456789012:mfa/phone\ncredential_process = echo '{"Version":1,"AccessKeyId":"ASIA","SecretAccessKey":"s","SessionToken":"t"}'\n`, { AWS_PROFILE: "vault" }, 253, /profile vault: its credential_process gives temporary keys/],
    ["half a pair in the file", "[profile half]\nmfa_serial = arn:aws:iam::123456789012:mfa/phone\naws_access_key_id = AKIA\n", { AWS_PROFILE: "half" }, 253, /profile half: the profile has an access key id without a secret/],
    ["no keys, but a device", "[profile none]\nmfa_serial = arn:aws:iam::123456789012:mfa/phone\n", { AWS_PROFILE: "none" }, 253, /profile none: the profile has no access keys/],
    ["no keys and no device", "[profile none]\nregion = us-east-1\n", { AWS_PROFILE: "none" }, 0, /WARN.*profile none\.\nawsmfa: WARN.*--no-mfa/],
    ["an empty name", "", { AWS_PROFILE: "" }, 253, /there is no profile ""/],
    ["a passkey", "[profile dev]\nmfa_serial = arn:aws:iam::123456789012:u2f/user/alice/key\n", {}, 253, /passkey/],
    ["a broken file", "[profile dev\n", {}, 253, /config, line 1/],
  ])("%s", async (name, config, env, code, said) => {
    await using lab = await startLab();
    lab.write(".aws/config", config);
    const args = name.includes("--profile") ? ["--profile", ""] : [];
    const ended = await runAwsmfa(["exports", ...args], { env: { ...lab.env, ...env } });
    expect(ended).toMatchObject({ code, stdout: code === 0 ? "" : `(exit ${code});\n` });
    expect(ended.stderr).toMatch(said);
  });
});

describe("a failure", () => {
  test.each(["SIGTERM", "SIGHUP", "SIGQUIT", "SIGALRM", "SIGUSR1", "SIGUSR2"])(
    "%s at the prompt makes the eval fail",
    async (signal) => {
      await using lab = await startLab();
      lab.installAwsmfa();
      const script = `eval "$(awsmfa exports)"; echo "status $?" "\${AWS_ACCESS_KEY_ID-none}"`;
      const terminal = onTerminal("/bin/bash", ["--norc", "-c", script], lab.env);
      await terminal.until("MFA code for phone (profile dev): ");
      await run(
        "pkill",
        [
          `-${signal.slice(3)}`,
          "-f",
          `^${process.execPath} .*awsmfa.cjs exports$`,
          "-t",
          await terminalOf(terminal.pid),
        ],
        { env: lab.env },
      );
      await terminal.until(`status ${128 + constants.signals[signal as NodeJS.Signals]} none`);
    },
  );

  test("SIGTERM while mfa_process runs makes the eval fail, and ends that, too", async () => {
    await using lab = await startLab();
    lab.installAwsmfa();
    const script =
      'eval "$(awsmfa exports)"; echo "status $?"; for i in {1..50}; do kill -0 $(cat pid) 2>/dev/null || { echo gone; break; }; sleep 0.1; done';
    const env = { ...lab.env, AWS_MFA_PROCESS: "echo $$ >pid; kill -TERM $PPID; exec sleep 50" };
    const ended = await run("/bin/bash", ["-c", script], { env, cwd: lab.home });
    expect(ended.stdout).toBe("status 143\ngone\n");
  });

  // prettier-ignore
  test.each([
    [["export"], "unknown command 'export'"],
    [["--profile", "dev", "exports"], "exports, exec, credential-process, serve, refresh, status and watch take it, behind their names"],
    [["exports", "dev"], "A profile is named by --profile, with two plain hyphens."],
    [["unsets", "x"], "too many arguments"],
  ])("of usage makes the eval fail, too: %j", async (args, stderr) => {
    await using lab = await startLab();
    const ended = await runAwsmfa(args, { env: lab.env });
    expect(ended).toMatchObject({ code: 252, stdout: "(exit 252);\n" });
    expect(ended.stderr).toContain(stderr);
  });

  // prettier-ignore
  test.each([
    [["exports", "--shell", "fish"], "sh -c 'exit 253';\n"],
    [["exports", "--shell", "tcsh"], "(exit 253);\n"],
    [["exports", "--format", "json"], ""],
    [["exports", "--format", "env"], ""],
    [["exports", "--no-mfa", "--profile", "nope"], "(exit 253);\n"],
  ])("%j prints nothing but what makes an eval fail", async (args, stdout) => {
    await using lab = await startLab();
    const ended = await runAwsmfa(args, { env: lab.env });
    expect(ended).toMatchObject({ code: 253, stdout });
  });

  // prettier-ignore
  test.each([
    [["exports", "--bogus"], "(exit 252);\n", "unknown option '--bogus'"],
    [["exports", "--shell", "fsh"], "(exit 252);\n", "Allowed choices are bash, zsh, sh, fish, powershell, cmd, tcsh."],
    [["exports", "--format", "yaml"], "", "Allowed choices are json, env, process."],
    [["exports", "--format", "json", "--shell", "sh"], "", "cannot be used with option"],
    [["exports", "dev"], "(exit 252);\n", "too many arguments"],
    [["exports", "--profil", "dev"], "(exit 252);\n", "(Did you mean --profile?)"],
    [["unsets", "--bogus"], "(exit 252);\n", "unknown option '--bogus'"],
  ])("%j: 252", async (args, stdout, stderr) => {
    await using lab = await startLab();
    const ended = await runAwsmfa(args, { env: lab.env });
    expect(ended).toMatchObject({ code: 252, stdout });
    expect(ended.stderr).toContain(stderr);
  });
});
