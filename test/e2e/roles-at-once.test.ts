import { cpSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startSandbox, type Sandbox } from "../../src/sandbox/sandbox.ts";
import { awsCommands, awsmfa } from "../support/commands.ts";
import { onTerminal, type OnTerminal } from "../support/on-terminal.ts";
import { run, type Ended } from "../support/run.ts";
import { callerIdentity } from "../sandbox/sts-client.ts";
import { type RoleProfiles } from "../support/role-profiles.ts";
import { changeStored, nearEnd, storedFor, leaveInStore } from "../support/stored.ts";
import {
  prompt,
  rolesAsked,
  signInAs,
  roleHome,
  startRoleHome,
  type RoleHome,
} from "./role-home.ts";
import { sessionFile, usersNamed } from "./user-home.ts";

const people = Array.from({ length: 20 }, (_, index) => `user-${index}`);

/** Roles of the sandbox's own world, one of them assumed from another one. */
const five: RoleProfiles = {
  admin: {},
  deploy: {},
  readonly: {},
  vault: { source_profile: "deploy" },
  partner: { external_id: "awsmfa-demo" },
};
const long: RoleProfiles = {
  admin: { duration_seconds: 7200 },
  deploy: { duration_seconds: 7200 },
  readonly: { duration_seconds: 7200 },
};
const many = 20;

let sandbox: Sandbox;
let longSandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ users: usersNamed(people) });
  const roles = Object.keys(long).map((name) => ({ name, maxSessionDuration: 7200 }));
  longSandbox = await startSandbox({ users: usersNamed(people), roles });
});
afterAll(() => Promise.all([sandbox.close(), longSandbox.close()]));

const session = ["session", "s3", "ls"];

/** The program by its locks: a copy without its native dependency has lock files with a process id. */
const programs = [
  ["kernel locks", () => awsmfa],
  [
    "lock files",
    (home: RoleHome) => {
      cpSync(dirname(awsmfa), join(home.home, "program"), { recursive: true });
      return join(home.home, "program/awsmfa.cjs");
    },
  ],
] as const;

function nextHome(profiles: RoleProfiles = five, of: Sandbox = sandbox): RoleHome {
  return tellingProfile(roleHome(of, people.pop()!, profiles));
}

/** Its `aws` tells for which profile and as whom it was called. */
function tellingProfile<Home extends RoleHome>(home: Home): Home {
  const script = '#!/bin/sh\necho "$AWS_PROFILE=$AWS_ACCESS_KEY_ID"\n';
  home.write("bin/aws", script, 0o755);
  return home;
}

/** The profiles one after another, until there are as many as there are to be processes. */
function profilesOf(profiles: RoleProfiles): string[] {
  const names = Object.keys(profiles);
  return Array.from({ length: many }, (_, index) => names[index % names.length]!);
}

/** All at once on one terminal. */
function startAll(home: RoleHome, profiles: RoleProfiles, program: string = awsmfa): OnTerminal {
  const command = `printf '%s\\n' ${profilesOf(profiles).join(" ")} |
    xargs -P ${many} -I{} env AWS_PROFILE={} '${process.execPath}' '${program}' ${session.join(" ")}`;
  return onTerminal("/bin/bash", ["--norc", "-c", command], home.env);
}

/** Starts one without a terminal. */
function start(
  { env }: RoleHome,
  profile: string,
  program: string = awsmfa,
  more: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  return run(process.execPath, [program, ...session], {
    env: { ...env, AWS_PROFILE: profile, ...more },
  });
}

function startOnTerminal({ env }: RoleHome, profile: string, program: string): OnTerminal {
  return onTerminal(process.execPath, [program, ...session], { ...env, AWS_PROFILE: profile });
}

function typeCode({ sandbox, user }: RoleHome, terminal: OnTerminal): void {
  terminal.type(`${sandbox.freshCode(user.name)}\r`);
}

function prompts({ shown }: OnTerminal): string[] {
  return shown.match(/MFA code for \S+ \(profile \w+\): /g) ?? [];
}

interface StoredFile {
  access_key_id: string;
  secret_access_key: string;
  session_token: string;
}

/** Whose key is in the hands of each profile's `aws`, AWS itself being asked. */
async function callers(home: RoleHome, output: string): Promise<Record<string, string>> {
  const stored = home
    .stored()
    .map((name) => JSON.parse(readFileSync(join(home.store, name), "utf8")) as StoredFile);
  const lines = [...new Set(output.match(/^\w+=ASIA\w{16}(?=\r?$)/gm))];
  const told = lines.map(async (line) => {
    const [profile = "", key] = line.split("=");
    const file = stored.find(({ access_key_id: id }) => id === key);
    const keys = {
      accessKeyId: file?.access_key_id ?? "",
      secretAccessKey: file?.secret_access_key ?? "",
      sessionToken: file?.session_token,
    };
    const { Arn = "" } = await callerIdentity(home.sandbox, keys);
    return [profile, Arn.replace(/^.*:/, "")] as const;
  });
  const pairs = await Promise.all(told);
  // A profile with two keys would be here twice.
  expect(pairs.map(([profile]) => profile).toSorted()).toEqual(
    [...new Set(pairs.map(([profile]) => profile))].toSorted(),
  );
  return Object.fromEntries(pairs);
}

/** All of them ran as what they should, and AWS was asked for each role once. */
async function expectOwnRoles(
  home: RoleHome,
  output: string,
  profiles: RoleProfiles = five,
): Promise<void> {
  const names = Object.keys(profiles);
  const asRole = (name: string): string => `assumed-role/${name}/phone-of-${home.user.name}`;
  expect(await callers(home, output)).toEqual(
    Object.fromEntries(names.map((name) => [name, asRole(name)])),
  );
  expect(output.match(/^\w+(?==ASIA\w{16}\r?$)/gm)?.toSorted()).toEqual(
    profilesOf(profiles).toSorted(),
  );
  const assumed = home.roleCalls().filter(({ status }) => status === 200);
  expect(assumed.map(({ parameters }) => parameters["RoleArn"]).toSorted()).toEqual(
    names.map((name) => home.sandbox.role(name).arn).toSorted(),
  );
}

describe.each(programs)(`${many} processes for five roles, with %s`, (_title, programOf) => {
  test("on one terminal: one prompt, one session of the user, each role once", async () => {
    using home = nextHome();
    const terminal = startAll(home, five, programOf(home));
    await terminal.until(prompt(home));
    // Time for all the others to come, and to break the prompt if they would.
    await sleep(1000);
    expect(terminal.shown).toBe(prompt(home));
    typeCode(home, terminal);
    expect(await terminal.ended).toEqual({ exitCode: 0, signal: 0 });
    expect(prompts(terminal)).toHaveLength(1);
    expect(terminal.shown).not.toContain("awsmfa:");
    expect(home.stsCalls()).toBe(1);
    await expectOwnRoles(home, terminal.shown.replace(/.*: \d{6}\r\n/, ""));
    expect(home.roleCalls()).toHaveLength(5);
  });

  test("without a terminal and one on a terminal: they wait for it", async () => {
    using home = nextHome();
    const program = programOf(home);
    const [first = "", ...others] = profilesOf(five);
    const terminal = startOnTerminal(home, first, program);
    await terminal.until(prompt(home));
    const waiting = others.map((profile) => start(home, profile, program));
    await sleep(1000);
    typeCode(home, terminal);
    expect(await terminal.ended).toEqual({ exitCode: 0, signal: 0 });
    const ended = await Promise.all(waiting);
    for (const { code, stderr } of ended) expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(prompts(terminal)).toHaveLength(1);
    expect(home.stsCalls()).toBe(1);
    const lastLine = terminal.shown.split("\r\n").at(-2);
    await expectOwnRoles(home, `${lastLine}\n${ended.map(({ stdout }) => stdout).join("")}`);
    expect(home.roleCalls()).toHaveLength(5);
  });

  test("without a terminal, with AWS_MFA_PROCESS: it is run once", async () => {
    using home = nextHome();
    const log = join(home.home, "log");
    const code = sandbox.freshCode(home.user.name);
    const script = `#!/bin/sh\necho asked >>'${log}'\nsleep 1\necho ${code}\n`;
    const more = { AWS_MFA_PROCESS: home.write("bin/code", script, 0o755) };
    const program = programOf(home);
    const all = await Promise.all(
      profilesOf(five).map((profile) => start(home, profile, program, more)),
    );
    for (const { code, stderr } of all) expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(readFileSync(log, "utf8")).toBe("asked\n");
    expect(home.stsCalls()).toBe(1);
    await expectOwnRoles(home, all.map(({ stdout }) => stdout).join(""));
    expect(home.roleCalls()).toHaveLength(5);
  });

  test("with a stored session that AWS no longer knows: one prompt, and why", async () => {
    using home = nextHome();
    leaveInStore(home, "dev", sessionFile(home));
    const terminal = startAll(home, five, programOf(home));
    await terminal.until(prompt(home));
    await sleep(1200);
    expect(terminal.shown).toBe(
      "awsmfa: AWS no longer accepts the stored session of profile dev (InvalidClientTokenId): " +
        `a new one is needed.\r\n${prompt(home)}`,
    );
    typeCode(home, terminal);
    expect(await terminal.ended).toEqual({ exitCode: 0, signal: 0 });
    expect(prompts(terminal)).toHaveLength(1);
    expect(terminal.shown.split("awsmfa:")).toHaveLength(2);
    expect(home.stsCalls()).toBe(1);
    await expectOwnRoles(home, terminal.shown.slice(terminal.shown.indexOf(prompt(home))));
  });

  test("for three roles of two hours: a code for each, one after the other", async () => {
    using home = nextHome(long, longSandbox);
    const terminal = startAll(home, long, programOf(home));
    for (const count of [1, 2, 3]) {
      await terminal.until(`MFA code for phone-of-${home.user.name} (profile `);
      await sleep(500);
      expect(prompts(terminal)).toHaveLength(count);
      typeCode(home, terminal);
    }
    expect(await terminal.ended).toEqual({ exitCode: 0, signal: 0 });
    expect(prompts(terminal).toSorted()).toEqual(
      Object.keys(long).map((name) => prompt(home, name)),
    );
    expect(terminal.shown).not.toContain("awsmfa:");
    expect(home.stsCalls()).toBe(0);
    const output = terminal.shown.replaceAll(/MFA code for .*?: (\d{6}\r\n)?/g, "");
    await expectOwnRoles(home, output.replaceAll(/^\d{6}\r\n/gm, ""), long);
    expect(
      home.roleCalls().map(({ parameters, status }) => [parameters["DurationSeconds"], status]),
    ).toEqual(Object.keys(long).map(() => ["7200", 200]));
  });
});

describe.concurrent.each(programs)("when the one who asks goes away, with %s:", (_t, programOf) => {
  /** One at its prompt, and one with another role on another terminal that waits for it. */
  async function holderAndWaiter(home: RoleHome): Promise<[OnTerminal, OnTerminal]> {
    const program = programOf(home);
    const holder = startOnTerminal(home, "admin", program);
    await holder.until(prompt(home));
    const waiter = startOnTerminal(home, "vault", program);
    await waiter.until(
      `awsmfa: waiting for another awsmfa (process ${holder.pid}), which asks for a code of ` +
        `phone-of-${home.user.name}.`,
    );
    return [holder, waiter];
  }

  test.each<[title: string, end: (holder: OnTerminal) => void, signal: number]>([
    ["SIGKILL", ({ pid }) => process.kill(pid, "SIGKILL"), 9],
    ["^C", ({ type }) => type("\x03"), 2],
  ])("%s, the next asks", async (_title, end, signal) => {
    using home = nextHome();
    const [holder, waiter] = await holderAndWaiter(home);
    end(holder);
    expect(await holder.ended).toMatchObject({ signal });
    expect(holder.shown).not.toContain("admin=");
    await waiter.until(prompt(home));
    typeCode(home, waiter);
    expect(await waiter.ended).toEqual({ exitCode: 0, signal: 0 });
    expect(waiter.shown).toMatch(/vault=ASIA\w+\r\n$/);
    expect(home.stsCalls()).toBe(1);
    expect(home.roleCalls()).toHaveLength(2);
  });

  test("SIGKILL while AWS is asked for the role: the next asks AWS", async () => {
    await using home = tellingProfile(await startRoleHome(five));
    await home.sessionWithCode();
    home.sandbox.trouble.latencyMs = 12_000;
    const program = programOf(home);
    const holder = startOnTerminal(home, "admin", program);
    await sleep(700);
    const waiter = startOnTerminal(home, "admin", program);
    await waiter.until(
      `awsmfa: waiting for another awsmfa (process ${holder.pid}), which assumes the role of profile admin.`,
    );
    home.sandbox.trouble.latencyMs = 0;
    process.kill(holder.pid, "SIGKILL");
    expect(await waiter.ended).toEqual({ exitCode: 0, signal: 0 });
    expect(waiter.shown).toMatch(/admin=ASIA\w+\r\n$/);
    expect(home.roleCalls()).toHaveLength(2);
  });
});

test(`${many} processes whose role sessions near their end: each role once more, no code`, async () => {
  using home = nextHome();
  for (const profile of Object.keys(five)) await signInAs(home, profile);
  const before = home.roleCalls().length;
  const old = new Map(
    Object.keys(five).map((profile) => [profile, storedFor(home, profile)["access_key_id"]]),
  );
  for (const profile of old.keys()) changeStored(home, profile, nearEnd());
  const all = await Promise.all(profilesOf(five).map((profile) => start(home, profile)));
  for (const { code, stderr } of all) expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const roles = rolesAsked(home).slice(before);
  expect(roles.toSorted()).toEqual(
    Object.keys(five)
      .map((name) => `${name} 200`)
      .toSorted(),
  );
  for (const [index, profile] of profilesOf(five).entries()) {
    // One of them renews it, and for the others the old one will do.
    const keys = [old.get(profile), storedFor(home, profile)["access_key_id"]];
    expect(new Set(keys).size).toBe(2);
    expect(keys.map((key) => `${profile}=${key}\n`)).toContain(all[index]?.stdout);
  }
});

test("the real aws, five at once: each as its own role", async () => {
  using home = nextHome();
  const more = {
    AWS_MFA_AWS_PATH: awsCommands[0]!.path,
    AWS_MFA_TOKEN: sandbox.freshCode(home.user.name),
  };
  const command = [awsmfa, "session", "sts", "get-caller-identity", "--query=Arn", "--output=text"];
  const all = await Promise.all(
    Object.keys(five).map(async (profile) => {
      const env = { ...home.env, ...more, AWS_PROFILE: profile };
      const { code, stdout, stderr } = await run(process.execPath, command, { env });
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      return stdout.trim().replace(/^.*:/, "");
    }),
  );
  expect(all).toEqual(
    Object.keys(five).map((name) => `assumed-role/${name}/phone-of-${home.user.name}`),
  );
  expect(home.stsCalls()).toBe(1);
});
