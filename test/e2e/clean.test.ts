import { chmodSync, existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { keysSection, startLab, type Lab } from "../support/lab.ts";
import { runAwsmfa } from "../support/run.ts";

const session = (id: string, more: object = {}): string =>
  JSON.stringify({
    access_key_id: id,
    secret_access_key: "secret-of-session",
    session_token: "token-of-session",
    expiration: "2030-01-01T00:00:00Z",
    ...more,
  });

const identity = {
  access_key_id: "AKIAIOSFODNN7EXAMPLE",
  serial: "arn:aws:iam::123456789012:mfa/phone",
  endpoint: "aws",
};

/** A store with these files. */
function fill(lab: Lab, files: Record<string, string>): void {
  mkdirSync(lab.store, { recursive: true, mode: 0o700 });
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(lab.store, name), text, { mode: 0o600 });
  }
}

const clean = (lab: Lab, ...profiles: string[]) =>
  runAwsmfa(["clean", ...profiles], { env: lab.env });

describe("clean", () => {
  test("of one profile leaves the others", async () => {
    await using lab = await startLab();
    fill(lab, { dev: session("ASIA1", { profile: "dev", identity }), prod: session("ASIA2") });
    const ended = await clean(lab, "dev");
    const stdout = "Forgot the session of profile dev (device phone).\n";
    expect(ended).toEqual({ code: 0, signal: null, stderr: "", stdout });
    expect(lab.stored()).toEqual(["prod"]);
  });

  test("of several, one of which has none", async () => {
    await using lab = await startLab();
    fill(lab, { dev: session("ASIA1"), prod: session("ASIA2"), rest: session("ASIA3") });
    const ended = await clean(lab, "prod", "none", "dev");
    expect(ended).toMatchObject({ code: 0, stderr: "" });
    expect(ended.stdout).toBe(
      "No session of profile none is stored.\nForgot the session of profile prod.\nForgot the session of profile dev.\n",
    );
    expect(lab.stored()).toEqual(["rest"]);
  });

  test("of all says which, and leaves nothing", async () => {
    await using lab = await startLab();
    fill(lab, {
      dev: session("ASIA1", { profile: "dev", identity }),
      "gem%20profile": session("ASIA2"),
      "%%keys-AKIAIOSFODNN7EXAMPLE": session("ASIA3", { identity }),
      rubbish: "no session",
      "%%tmp-1-abandoned": session("ASIA4"),
    });
    const ended = await clean(lab);
    expect(ended).toMatchObject({ code: 0, stderr: "" });
    expect(ended.stdout).toBe(
      "Forgot the session of key …MPLE (device phone).\n" +
        "Forgot the session of profile dev (device phone).\n" +
        "Forgot the session of profile gem profile.\n" +
        "Removed rubbish, which held no session.\n",
    );
    expect(lab.stored()).toEqual([]);
  });

  test("of an empty store, and of none", async () => {
    await using lab = await startLab();
    const none = { code: 0, signal: null, stderr: "", stdout: "No session is stored.\n" };
    expect(await clean(lab)).toEqual(none);
    expect(existsSync(lab.store)).toBe(false);
    fill(lab, {});
    expect(await clean(lab)).toEqual(none);
  });

  test("tells of the profile that the session would come back from", async () => {
    await using lab = await startLab();
    const alice = lab.sandbox.user("alice");
    lab.write(".aws/credentials", keysSection("dev", alice) + keysSection("other", alice));
    lab.write(
      ".aws/config",
      `[profile dev]\nmfa_serial = ${lab.serial}\nregion = us-east-1\n[profile other]\nmfa_serial = ${lab.serial}\nregion = us-east-1\n`,
    );
    lab.fakeAws("exit 0");
    await lab.signIn();
    await lab.signIn({ AWS_PROFILE: "other" });
    expect(lab.stored()).toEqual(["dev", "other"]);
    const one = await clean(lab, "dev");
    expect(one.stdout).toBe(
      "Forgot the session of profile dev (device phone).\n" +
        "It is stored for profile other (device phone), too, and will be shared from there.\n",
    );
    await lab.signIn();
    const both = await clean(lab, "dev", "other");
    expect(both.stdout).not.toContain("too");
    expect(lab.stored()).toEqual([]);
  });

  test.each(["../credentials", ".", "..", "a/b", "/etc/passwd", "%%keys-X"])(
    "a profile name is never a path: %s",
    async (name) => {
      await using lab = await startLab();
      fill(lab, { "%%keys-X": session("ASIA1") });
      const ended = await clean(lab, name);
      expect(ended).toMatchObject({ code: 0, stderr: "" });
      expect(ended.stdout).toBe(`No session of profile ${name} is stored.\n`);
      expect(readdirSync(join(lab.home, ".aws"))).toContain("credentials");
      expect(lab.stored()).toHaveLength(1);
    },
  );

  test("a folder in a session's place goes only when it is empty; what stays is an error", async () => {
    await using lab = await startLab();
    fill(lab, { prod: session("ASIA2") });
    mkdirSync(join(lab.store, "empty"));
    mkdirSync(join(lab.store, "full/inner"), { recursive: true });
    const ended = await clean(lab);
    expect(ended.code).toBe(255);
    expect(ended.stdout).toContain("Removed empty, which held no session.\n");
    expect(ended.stderr).toMatch(
      /^awsmfa: in the session store, .*: full \(ENOTEMPTY\)\.\n {2}.*\n$/,
    );
    expect(lab.stored()).toEqual(["full"]);
  });

  test("the next command asks again", async () => {
    await using lab = await startLab();
    lab.fakeAws("exit 0");
    await lab.signIn();
    await clean(lab, "dev");
    const ended = await runAwsmfa(["session", "s3", "ls"], { env: lab.env });
    expect(ended.code).toBe(253);
  });
});

test("says when the shell still holds what it has forgotten", async () => {
  await using lab = await startLab();
  fill(lab, { dev: session("ASIA1"), prod: session("ASIA2") });
  const env = { ...lab.env, AWS_ACCESS_KEY_ID: "ASIA1" };
  const other = await runAwsmfa(["clean", "prod"], { env });
  expect(other.stdout).toBe("Forgot the session of profile prod.\n");
  const own = await runAwsmfa(["clean", "dev"], { env });
  expect(own.stdout).toContain("This shell still holds it");
});

test("finds the files of the Ruby gem, which does not encode names", async () => {
  await using lab = await startLab();
  fill(lab, {
    "my profile": session("ASIA1"),
    "my%20profile": session("ASIA2"),
    "100%": session("ASIA3"),
  });
  expect((await clean(lab, "my profile")).stdout).toBe(
    "Forgot the session of profile my profile.\n".repeat(2),
  );
  expect((await clean(lab, "100%")).stdout).toBe("Forgot the session of profile 100%.\n");
  expect(lab.stored()).toEqual([]);
});

test.each(["clean", "status"])("%s says so where the store cannot be read", async (command) => {
  await using lab = await startLab();
  lab.write(".aws/aws-mfa-secure-sessions", "a file");
  const ended = await runAwsmfa([command], { env: lab.env });
  expect(ended).toMatchObject({ code: 255, stdout: "" });
  expect(ended.stderr).toMatch(/^awsmfa: the session store .* cannot be read \(ENOTDIR\)\./);
});

test("without the right to remove, nothing is lost silently", async () => {
  await using lab = await startLab();
  fill(lab, { dev: session("ASIA1") });
  const root = process.getuid?.() === 0;
  chmodSync(lab.store, 0o500);
  const ended = await clean(lab, "dev");
  chmodSync(lab.store, 0o700);
  // Root may remove what it likes.
  expect(ended.code).toBe(root ? 0 : 255);
  expect(lab.stored()).toEqual(root ? [] : ["dev"]);
});
