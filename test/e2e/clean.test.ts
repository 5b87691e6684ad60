import { chmodSync, existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { StoredRole } from "../../src/core/session/stored-role.ts";
import { devSection, keysSection, startLab, type Lab } from "../support/lab.ts";
import { plant, plantRole } from "../support/plant.ts";
import { addRoles } from "../support/role-profiles.ts";
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
    lab.write(".aws/config", devSection(lab.serial) + devSection(lab.serial, "other"));
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

describe("of roles", () => {
  /** The sessions of dev, admin, deploy and vault, which hangs on deploy. */
  async function startLabWithRoles(): Promise<Lab> {
    const lab = await startLab();
    addRoles(lab, { admin: {}, deploy: {}, vault: { source_profile: "deploy" } });
    for (const AWS_PROFILE of ["admin", "vault"]) await lab.signIn({ AWS_PROFILE });
    expect(sessionsIn(lab)).toEqual(["admin", "deploy", "dev", "vault"]);
    return lab;
  }

  /** The profiles of the sessions in the store. */
  const sessionsIn = (lab: Lab): string[] =>
    lab
      .stored()
      .map((name) => name.replace(/^%%role-(.+)-[0-9a-f]{8}$/, "$1"))
      .toSorted();

  const line = {
    dev: "Forgot the session of profile dev (device phone).\n",
    admin: "Forgot the session of profile admin (role admin, device phone).\n",
    deploy: "Forgot the session of profile deploy (role deploy, device phone).\n",
    vault: "Forgot the session of profile vault (role vault, device phone).\n",
  };

  test.each<[profiles: string[], stdout: string, left: string[]]>([
    [["dev"], line.dev + line.admin + line.deploy + line.vault, []],
    [["admin"], line.admin, ["deploy", "dev", "vault"]],
    [["deploy"], line.deploy + line.vault, ["admin", "dev"]],
    [["vault"], line.vault, ["admin", "deploy", "dev"]],
    [["vault", "dev"], line.vault + line.dev + line.admin + line.deploy, []],
    [["dev", "admin", "dev"], line.dev + line.admin + line.deploy + line.vault, []],
    [[], line.admin + line.deploy + line.vault + line.dev, []],
  ])("clean %j", async (profiles, stdout, left) => {
    await using lab = await startLabWithRoles();
    const ended = await clean(lab, ...profiles);
    expect(ended).toEqual({ code: 0, signal: null, stderr: "", stdout });
    expect(sessionsIn(lab)).toEqual(left);
  });

  test("of a role profile goes what it was asked for in any way, also under a long name", async () => {
    await using lab = await startLab();
    const long = "ü".repeat(100);
    plant(lab, "dev", {});
    for (const name of ["admin", "admin-2", long]) {
      plantRole(lab, [name, "dev"], {});
      plantRole(lab, [name, "dev"], { serial: "GAHT12345678" });
      plantRole(lab, [name], { serial: "GAHT87654321" });
    }
    const admin = await clean(lab, "admin");
    expect(admin.stdout.match(/profile admin \(role admin, /g)).toHaveLength(3);
    expect(lab.stored()).toHaveLength(7);
    const other = await clean(lab, long);
    expect(other.stdout.match(/Forgot/g)).toHaveLength(3);
    expect(lab.stored()).toHaveLength(4);
  });

  test("of a profile with new keys those from its old ones stay, until it has none itself", async () => {
    await using lab = await startLab();
    plant(lab, "dev", {});
    plantRole(lab, ["admin", "dev"], {});
    plantRole(lab, ["old", "dev"], { accessKeyId: "AKIAOLD" });
    plantRole(lab, ["elsewhere", "prod"], {});
    const role: StoredRole = { assumed: [{ role_arn: "r" }], sources: ["dev"] };
    plant(lab, "%%tmp-1", { profile: "half", role });
    expect((await clean(lab, "dev")).stdout).toBe(line.dev + line.admin);
    const stdout = "Forgot the session of profile old (role old, device phone).\n";
    expect((await clean(lab, "dev")).stdout).toBe(stdout);
    expect(sessionsIn(lab)).toEqual(["%%tmp-1", "elsewhere"]);
    const none = "No session of profile dev is stored.\n";
    expect((await clean(lab, "dev")).stdout).toBe(none);
  });

  test("tells where it is shared from: other profiles of the role, or of the MFA session", async () => {
    await using lab = await startLabWithRoles();
    addRoles(lab, { twin: { role: "admin" } });
    await lab.signIn({ AWS_PROFILE: "twin" });
    expect((await clean(lab, "admin")).stdout).toBe(
      `${line.admin}It is stored for profile twin (role admin, device phone), too, and will be shared from there.\n`,
    );
    const all = await clean(lab, "dev");
    expect(all.stdout).not.toContain("too");
    expect(lab.stored()).toEqual([]);
  });

  test("says which of them the shell still holds", async () => {
    await using lab = await startLabWithRoles();
    const exported = await runAwsmfa(["exports", "--profile", "admin", "--format", "json"], lab);
    const env = { ...lab.env, ...(JSON.parse(exported.stdout) as Record<string, string>) };
    const vault = await runAwsmfa(["clean", "vault"], { env });
    expect(vault.stdout).toBe(line.vault);
    const dev = await runAwsmfa(["clean", "dev"], { env });
    expect(dev.stdout).toBe(
      `${line.dev}${line.admin}${line.deploy}This shell still holds that of profile admin (role admin, device phone): awsmfa unsets prints what takes it out.\n`,
    );
  });

  test("the next command of a role whose session alone is forgotten asks nothing", async () => {
    await using lab = await startLabWithRoles();
    const env = { ...lab.env, AWS_PROFILE: "admin", AWS_MFA_AWS_PATH: "/bin/true" };
    await clean(lab, "admin");
    expect((await runAwsmfa(["session", "s3", "ls"], { env })).code).toBe(0);
    await clean(lab, "dev");
    expect((await runAwsmfa(["session", "s3", "ls"], { env })).code).toBe(253);
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
