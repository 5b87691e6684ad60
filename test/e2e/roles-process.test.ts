import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { callerIdentity } from "../sandbox/sts-client.ts";
import { devSection } from "../support/lab.ts";
import { addRoles, type RoleProfiles } from "../support/role-profiles.ts";
import { changeStored, storedFor } from "../support/stored.ts";
import { rolesAsked, signInAs, startRoleHome, type RoleHome } from "./role-home.ts";

const roles = [
  { name: "admin", trust: { mfa: true }, maxSessionDuration: 7200 },
  { name: "deploy", trust: { mfa: true } },
  {
    name: "vault",
    trust: { principals: ["arn:aws:iam::123456789012:role/deploy"] },
    maxSessionDuration: 7200,
  },
];
const profiles: RoleProfiles = {
  admin: {},
  deploy: {},
  vault: { source_profile: "deploy" },
  long: { role: "admin", duration_seconds: 7200 },
};

interface ProcessHome extends RoleHome, AsyncDisposable {
  /** How often the credential_process was run. */
  runs(): number;
}

interface Keys {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string | undefined;
}

/** A home whose profile `dev` has a `credential_process` that prints these keys. */
async function startProcessHome(
  keysOf: (home: RoleHome) => Keys | Promise<Keys>,
): Promise<ProcessHome> {
  const home = await startRoleHome(profiles, roles);
  const { accessKeyId, secretAccessKey, sessionToken } = await keysOf(home);
  const output = {
    Version: 1,
    AccessKeyId: accessKeyId,
    SecretAccessKey: secretAccessKey,
    SessionToken: sessionToken,
  };
  const log = join(home.home, "log");
  const script = `#!/bin/sh\necho run >>'${log}'\necho '${JSON.stringify(output)}'\n`;
  const command = home.write("bin/keys", script, 0o755);
  home.write(".aws/credentials", "");
  home.write(".aws/config", `${devSection(home.user.serial)}credential_process = ${command}\n`);
  addRoles(home, profiles);
  return {
    ...home,
    runs: () => (existsSync(log) ? readFileSync(log, "utf8").split("\n").length - 1 : 0),
  };
}

const longTerm = ({ user }: RoleHome): Keys => user;

/** A real session, obtained beforehand by somebody else: its file is gone. */
async function temporary(home: RoleHome): Promise<Keys> {
  await signInAs(home, "dev");
  const { access_key_id = "", secret_access_key = "", session_token } = storedFor(home, "dev");
  changeStored(home, "dev", {
    identity: { access_key_id: "AKIAELSE", serial: "x", endpoint: "x" },
  });
  return {
    accessKeyId: access_key_id,
    secretAccessKey: secret_access_key,
    sessionToken: session_token,
  };
}

const cut =
  "awsmfa: duration_seconds of profile long is cut to 3600: " +
  "AWS gives no more to a role that is assumed with temporary credentials.\n";

interface Row {
  profile: string;
  /** The requests for roles. */
  asked: string[];
  says?: string;
  seconds?: string;
}

const chains: Row[] = [
  { profile: "admin", asked: ["admin 200"] },
  { profile: "vault", asked: ["deploy 200", "vault 200"] },
];

async function expectRole(
  home: ProcessHome,
  { profile, asked, says = "" }: Row,
  more: Record<string, string>,
): Promise<void> {
  const first = await home.session({ AWS_PROFILE: profile, ...more });
  const {
    access_key_id: accessKeyId = "",
    secret_access_key: secretAccessKey = "",
    session_token: sessionToken,
  } = storedFor(home, profile);
  expect(first).toMatchObject({ code: 0, stdout: `key=${accessKeyId}\n`, stderr: says });
  const name = asked.at(-1)?.split(" ")[0];
  const { Arn } = await callerIdentity(home.sandbox, {
    accessKeyId,
    secretAccessKey,
    sessionToken,
  });
  expect(Arn).toMatch(new RegExp(`:assumed-role/${name}/phone-of-alice$`));
  expect(rolesAsked(home)).toEqual(asked);
  expect(home.runs()).toBe(1);

  const second = await home.session({ AWS_PROFILE: profile });
  expect(second).toEqual({ ...first, stderr: "" });
  expect(rolesAsked(home)).toEqual(asked);
  expect(home.runs()).toBe(1);
}

describe.concurrent("credential_process at the root, with long-term keys", () => {
  test.each<Row>([...chains, { profile: "long", asked: ["admin 200"], seconds: "7200" }])(
    "$profile: a code, and the process once",
    async (row) => {
      await using home = await startProcessHome(longTerm);
      await expectRole(home, row, { AWS_MFA_TOKEN: home.sandbox.freshCode("alice") });
      expect(home.roleCalls().at(-1)?.parameters["DurationSeconds"]).toBe(row.seconds ?? "3600");
      expect(home.stsCalls()).toBe(row.seconds === undefined ? 1 : 0);
    },
  );

  test("the user's session is shared by roles, and made anew where it is dead", async () => {
    await using home = await startProcessHome(longTerm);
    await signInAs(home, "admin");
    expect(await home.session({ AWS_PROFILE: "vault" })).toMatchObject({ code: 0, stderr: "" });
    expect(home.runs()).toBe(1);
    home.sandbox.expireSessions();
    changeStored(home, "vault", { expiration: "2020-01-01T00:00:00Z" });
    const again = await home.sessionWithCode({ AWS_PROFILE: "vault" });
    expect(again).toMatchObject({ code: 0 });
    expect(again.stderr).toContain("AWS no longer accepts the stored session of profile dev");
    expect(home.runs()).toBe(2);
  });
});

describe.concurrent("credential_process at the root, with temporary keys", () => {
  test.each<Row>([...chains, { profile: "long", asked: ["admin 200"], says: cut }])(
    "$profile: no code, stored, and the second time silent",
    async (row) => {
      await using home = await startProcessHome(temporary);
      const before = home.stsCalls();
      await expectRole(home, row, {});
      expect(home.roleCalls().map(({ parameters }) => parameters["DurationSeconds"])).toEqual(
        row.asked.map(() => "3600"),
      );
      expect(home.stsCalls()).toBe(before);
    },
  );

  test("twenty at once: each role once", async () => {
    await using home = await startProcessHome(temporary);
    const names = Array.from({ length: 20 }, (_, index) => Object.keys(profiles)[index % 4] ?? "");
    const all = await Promise.all(names.map((name) => home.session({ AWS_PROFILE: name })));
    for (const [index, { code, stdout, stderr }] of all.entries()) {
      const key = storedFor(home, names[index] ?? "")["access_key_id"];
      expect({ code, stdout }).toEqual({ code: 0, stdout: `key=${key}\n` });
      expect(["", cut]).toContain(stderr);
    }
    // Two profiles want the role admin, for other times.
    expect(rolesAsked(home).toSorted()).toEqual([
      "admin 200",
      "admin 200",
      "deploy 200",
      "vault 200",
    ]);
  });

  test("many at once: the command is not run by each", async () => {
    await using home = await startProcessHome(temporary);
    const slow = `#!/bin/sh\nsleep 1\nexec '${home.home}/bin/keys'\n`;
    const config = readFileSync(`${home.home}/.aws/config`, "utf8");
    home.write(".aws/config", config.replace("bin/keys", "bin/slow-keys"));
    home.write("bin/slow-keys", slow, 0o755);
    const all = await Promise.all(
      Array.from({ length: 8 }, () => home.session({ AWS_PROFILE: "admin" })),
    );
    const key = storedFor(home, "admin")["access_key_id"];
    for (const { stdout } of all) expect(stdout).toBe(`key=${key}\n`);
    expect(rolesAsked(home)).toEqual(["admin 200"]);
    // The first one, and one that came before it was done.
    expect(home.runs()).toBeLessThanOrEqual(3);
  });

  test.each<[what: string, trouble: (home: RoleHome) => void, code: string]>([
    ["are dead", ({ sandbox }) => sandbox.expireSessions(), "ExpiredToken"],
    [
      "may not assume the role",
      ({ sandbox }) =>
        sandbox.trouble.fail({ operation: "AssumeRole", status: 403, code: "AccessDenied" }),
      "AccessDenied",
    ],
  ])("that %s: 254, and nobody is asked", async (_what, trouble, code) => {
    await using home = await startProcessHome(temporary);
    trouble(home);
    const ended = await home.sessionWithCode({ AWS_PROFILE: "admin" });
    expect(ended).toMatchObject({ code: 254, stdout: "" });
    expect(ended.stderr).toMatch(new RegExp(`^awsmfa: .* \\(${code}; profile admin, role arn:`));
    expect(rolesAsked(home)).toEqual(["admin 403"]);
  });
});
