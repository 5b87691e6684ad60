import { existsSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { devSection, keysSection } from "../support/lab.ts";
import { roleSections, type RoleProfiles } from "../support/role-profiles.ts";
import { runAwsmfa } from "../support/run.ts";
import { changeStored, leaveInStore, nearEnd, storedFor } from "../support/stored.ts";
import { timeFromNow } from "../support/times.ts";
import {
  rolesAsked,
  signInAs,
  signInBefore,
  startRoleHome,
  startTwinHome,
  type RoleHome,
} from "./role-home.ts";
import { sessionFile } from "./user-home.ts";

const roles = [
  { name: "admin", trust: { mfa: true } },
  { name: "deploy", trust: { mfa: true } },
  { name: "fresh", trust: { mfa: true, maxMfaAge: 900 } },
  { name: "vault", trust: { principals: ["arn:aws:iam::123456789012:role/deploy"] } },
];

type Home = RoleHome & AsyncDisposable;

const start = (profiles: RoleProfiles): Promise<Home> => startTwinHome(profiles, roles);

describe.concurrent("a stored session that will not do, and another one under another name", () => {
  test("an older one is not taken, nor put in its place", async () => {
    await using home = await start({ fresh: {} });
    await signInBefore(home, 7200);
    await signInAs(home, "twin");
    const older = storedFor(home, "twin")["access_key_id"];
    expect(older).toBe(storedFor(home, "dev")["access_key_id"]);
    leaveInStore(home, "dev", sessionFile(home, { access_key_id: "ASIANEWERBUTDEAD" }));
    const before = home.stsCalls();
    const ended = await home.sessionWithCode({ AWS_PROFILE: "fresh" });
    expect(ended).toMatchObject({ code: 0, stderr: expect.stringContaining("no longer accepts") });
    expect(home.stsCalls()).toBe(before + 1);
    expect(storedFor(home, "dev")["access_key_id"]).not.toBe(older);
    expect(storedFor(home, "twin")["access_key_id"]).toBe(older);
  });

  test("a newer one is taken, without a code", async () => {
    await using home = await start({ admin: {} });
    await signInAs(home, "twin");
    const dead = { access_key_id: "ASIADEAD", issued: timeFromNow(-3000) };
    leaveInStore(home, "dev", sessionFile(home, dead));
    const ended = await home.session({ AWS_PROFILE: "admin" });
    expect(ended).toMatchObject({ code: 0, stderr: "" });
    expect(rolesAsked(home)).toEqual(["admin 403", "admin 200"]);
  });

  test("where all are dead, a code is asked for once", async () => {
    await using home = await start({ admin: {} });
    for (const [name, age] of [
      ["dev", -3000],
      ["twin", -2000],
    ] as const) {
      const dead = { access_key_id: `ASIA${name}`, issued: timeFromNow(age), profile: name };
      leaveInStore(home, name, sessionFile(home, dead));
    }
    const ended = await home.sessionWithCode({ AWS_PROFILE: "admin" });
    expect(ended).toMatchObject({ code: 0, stderr: expect.stringContaining("no longer accepts") });
    expect(rolesAsked(home)).toEqual(["admin 403", "admin 403", "admin 200"]);
    expect(home.stsCalls()).toBe(1);
  });

  test("one with a spoilt secret is dropped as well", async () => {
    await using home = await start({ admin: {} });
    await signInAs(home, "dev");
    changeStored(home, "dev", { secret_access_key: "spoilt" });
    const ended = await home.sessionWithCode({ AWS_PROFILE: "admin" });
    expect(ended).toMatchObject({
      code: 0,
      stderr: expect.stringContaining("(SignatureDoesNotMatch): a new one is needed"),
    });
  });

  test("one that was stored while the clock was ahead may be too old all the same", async () => {
    await using home = await start({ fresh: {} });
    await signInBefore(home, 7200);
    changeStored(home, "dev", { issued: timeFromNow(3600) });
    // One code for all: who does not take the new session of another one would send it again.
    const code = { AWS_PROFILE: "fresh", AWS_MFA_TOKEN: home.sandbox.freshCode("alice") };
    const all = await Promise.all([1, 2, 3].map(() => home.session(code)));
    expect(all.map((ended) => ended.code)).toEqual([0, 0, 0]);
    expect(all.map(({ stderr }) => stderr).join("")).toContain("more recent code");
  });
});

describe.concurrent("a role with another device or endpoint than the user's own profile", () => {
  async function costs(home: Home, profiles: readonly string[]): Promise<number[]> {
    const counts: number[] = [];
    for (const profile of profiles) {
      const files = existsSync(home.store) ? home.stored() : [];
      for (const name of files.filter((file) => file.startsWith("%%role-"))) {
        changeStored(home, name, { expiration: timeFromNow(-1) });
      }
      const before = home.stsCalls();
      expect(await home.sessionWithCode({ AWS_PROFILE: profile })).toMatchObject({ code: 0 });
      counts.push(home.stsCalls() - before);
    }
    return counts;
  }

  test("each has its session, and none takes the other's place", async () => {
    await using home = await startRoleHome({ admin: {}, deploy: {} }, roles);
    const url = home.env["AWS_ENDPOINT_URL"] ?? "";
    const vpc = `[services vpc]\nsts =\n  endpoint_url = ${url}/\n`;
    const profiles = roleSections(home.sandbox, { admin: { services: "vpc" }, deploy: {} });
    const dev = `${devSection(home.user.serial)}endpoint_url = ${url}\n`;
    home.write(".aws/config", vpc + dev + profiles);
    const { AWS_ENDPOINT_URL: _none, ...env } = home.env;
    const bare = {
      ...home,
      sessionWithCode: (more: Record<string, string>) => {
        const code = home.sandbox.freshCode("alice");
        return runAwsmfa(["session", "s3", "ls"], {
          env: { ...env, AWS_MFA_TOKEN: code, ...more },
        });
      },
    };
    expect(await costs(bare, ["admin", "deploy", "dev", "admin", "deploy"])).toEqual([
      1, 1, 0, 0, 0,
    ]);
    expect(home.stored().filter((name) => !name.startsWith("%%role-"))).toEqual([
      expect.stringMatching(/^%%mfa-dev-[0-9a-f]{8}$/),
      "dev",
    ]);
    const cleaned = await runAwsmfa(["clean", "dev"], { env });
    expect(cleaned.stdout.match(/profile dev \(device/g)).toHaveLength(2);
    expect(home.stored()).toEqual([]);
  });
});

describe.concurrent("an early renewal", () => {
  test("that AWS refuses is tried again after five minutes, and not by every command", async () => {
    await using home = await start({ admin: {} });
    await signInAs(home, "admin");
    changeStored(home, "admin", nearEnd());
    home.sandbox.trouble.fail({
      operation: "AssumeRole",
      status: 403,
      code: "AccessDenied",
      times: 9,
    });
    for (let call = 0; call < 3; call++) {
      expect(await home.session({ AWS_PROFILE: "admin" })).toMatchObject({ code: 0, stderr: "" });
    }
    expect(rolesAsked(home)).toEqual(["admin 200", "admin 403"]);
    changeStored(home, "admin", { renewal_tried: timeFromNow(-310) });
    expect(await home.session({ AWS_PROFILE: "admin" })).toMatchObject({ code: 0, stderr: "" });
    expect(rolesAsked(home)).toEqual(["admin 200", "admin 403", "admin 403"]);
    home.sandbox.trouble.clear();
    changeStored(home, "admin", { renewal_tried: timeFromNow(-310) });
    await home.session({ AWS_PROFILE: "admin" });
    expect(rolesAsked(home).at(-1)).toBe("admin 200");
    expect(storedFor(home, "admin")["renewal_tried"]).toBeUndefined();
  });

  test("assumes the roles on the way, where these are over", async () => {
    await using home = await start({ deploy: {}, vault: { source_profile: "deploy" } });
    await signInAs(home, "vault");
    changeStored(home, "vault", nearEnd());
    changeStored(home, "deploy", { expiration: timeFromNow(-1) });
    expect(await home.session({ AWS_PROFILE: "vault" })).toMatchObject({ code: 0, stderr: "" });
    expect(rolesAsked(home)).toEqual(["deploy 200", "vault 200", "deploy 200", "vault 200"]);
    expect(home.stsCalls()).toBe(1);
  });
});

describe.concurrent("a shell that holds a role near its end", () => {
  async function shellOf(home: Home): Promise<Record<string, string>> {
    await signInAs(home, "admin");
    const exports = ["exports", "--profile", "admin", "--format", "json"];
    const { stdout } = await runAwsmfa(exports, { env: home.env });
    const issued = timeFromNow(-3500);
    changeStored(home, "admin", { issued, expiration: timeFromNow(100) });
    const { AWS_PROFILE: _none, ...env } = home.env;
    return { ...env, ...(JSON.parse(stdout) as Record<string, string>) };
  }

  test.each<[what: string, change: (home: Home) => void]>([
    [
      "another role by now",
      ({ sandbox, user, write }) =>
        void write(
          ".aws/config",
          devSection(user.serial) + roleSections(sandbox, { admin: { role: "deploy" } }),
        ),
    ],
    [
      "another user's by now",
      ({ sandbox, write }) => {
        const bob = sandbox.user("bob");
        write(".aws/config", devSection(bob.serial) + roleSections(sandbox, { admin: {} }));
        write(".aws/credentials", keysSection("dev", bob));
      },
    ],
  ])("keeps it where the profile is %s", async (_what, change) => {
    await using home = await start({ admin: {} });
    const env = await shellOf(home);
    change(home);
    const held = await runAwsmfa(["exec", "printenv", "AWS_ACCESS_KEY_ID"], { env });
    expect(held).toMatchObject({ code: 0, stdout: `${env["AWS_ACCESS_KEY_ID"]}\n`, stderr: "" });
    expect(rolesAsked(home)).toEqual(["admin 200"]);
  });

  test("gets a new one where it is not", async () => {
    await using home = await start({ admin: {} });
    const env = await shellOf(home);
    const renewed = await runAwsmfa(["exec", "printenv", "AWS_ACCESS_KEY_ID"], { env });
    expect(renewed).toMatchObject({ code: 0, stderr: "" });
    expect(renewed.stdout).not.toBe(`${env["AWS_ACCESS_KEY_ID"]}\n`);
    expect(rolesAsked(home)).toEqual(["admin 200", "admin 200"]);
  });
});
