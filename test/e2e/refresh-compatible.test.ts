import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { SandboxOptions, SandboxUser } from "../../src/sandbox/sandbox.ts";
import { assumeRole, getSessionToken } from "../sandbox/sts-client.ts";
import { python } from "../support/commands.ts";
import { keysSection } from "../support/lab.ts";
import { run } from "../support/run.ts";
import { startRefreshHome, type RefreshHome } from "./refresh-home.ts";

// Whoever changes over from aws-mfa 0.0.12, or back, goes on with the file that is there.

const rules = join(import.meta.dirname, "aws-mfa-rules.py");
const [admin, audit] = ["admin", "audit"].map((name) => `arn:aws:iam::123456789012:role/${name}`);
const trust = { mfa: true };
const world: SandboxOptions = {
  users: [{ name: "alice", devices: ["phone"] }],
  roles: ["admin", "audit"].map((name) => ({ name, trust, maxSessionDuration: 43_200 })),
};

/** As people write one; of what aws-mfa rewrites, the comment and the letters' case are lost. */
function usualFile(user: SandboxUser): string {
  const keys = keysSection("dev-long-term", user);
  return `# mine\n${keys}AWS_MFA_Device: ${user.serial}\n\n[other]\nregion=eu-west-1\n  # deep\n`;
}

interface Verdict {
  readonly verdict: string;
  readonly left?: number;
}

async function byRules(request: unknown): Promise<Verdict> {
  const { stdout, stderr } = await run(python, [rules], {
    env: {},
    stdin: JSON.stringify(request),
  });
  if (stdout === "") throw new Error(stderr);
  return JSON.parse(stdout) as Verdict;
}

interface Wanted {
  readonly role?: string | undefined;
  readonly force?: boolean;
}

/** Whether aws-mfa would leave the section `dev` as it is. */
function judge({ path }: RefreshHome, wanted: Wanted = {}): Promise<Verdict> {
  return byRules({ judging: { path, long_term: "dev-long-term", short_term: "dev", ...wanted } });
}

/** Puts a session into `dev` as aws-mfa does: one of AWS, unless it is said when it ends. */
async function writeLikeAwsMfa(home: RefreshHome, role?: string, left?: number): Promise<void> {
  const { keys, expiration } = left === undefined ? await askAws(home, role) : madeUp(left);
  const end = Math.floor(expiration.getTime() / 1000);
  const writing = { path: home.path, short_term: "dev", session: { ...keys, end }, role };
  expect(await byRules({ writing })).toEqual({});
}

function askAws({ sandbox, user }: RefreshHome, role: string | undefined) {
  const mfa = { SerialNumber: user.serial, TokenCode: sandbox.freshCode("alice") };
  return role === undefined
    ? getSessionToken(sandbox, user, mfa)
    : assumeRole(sandbox, user, { ...mfa, RoleArn: role, RoleSessionName: "me" });
}

function madeUp(left: number) {
  const keys = { accessKeyId: "ASIAOLD", secretAccessKey: "s", sessionToken: "t" };
  return { keys, expiration: new Date(Date.now() + left * 1000) };
}

const refreshDev = ["--profile", "dev"];
const as = (role: string | undefined): string[] =>
  role === undefined ? refreshDev : [...refreshDev, "--assume-role", role];

const arnOf = (role: string | undefined): RegExp =>
  role === undefined ? /:user\/alice$/ : new RegExp(`:assumed-role/${role.replace(/.*\//, "")}/`);

describe.concurrent("what aws-mfa wrote", () => {
  test.each<[what: string, role: string | undefined]>([
    ["the user's", undefined],
    ["a role's", admin],
  ])("is taken as it is while it is valid: %s", async (_what, role) => {
    await using home = await startRefreshHome(usualFile, world);
    await writeLikeAwsMfa(home, role);
    const [before, asked] = [home.text(), home.asked()];
    const valid = /^awsmfa: the session of profile dev is still valid for .*\n$/;
    const expected = { code: 0, stdout: "", stderr: expect.stringMatching(valid) };
    expect(await home.refresh(as(role))).toMatchObject(expected);
    expect([home.text(), home.asked()]).toEqual([before, asked]);
    expect(await home.arnOf("dev")).toMatch(arnOf(role));
  });

  interface Replaced {
    readonly what: string;
    /** The role and the seconds left of the session that it wrote. */
    readonly wrote: readonly [role: string | undefined, left: number];
    readonly change?: (text: string) => string;
    readonly role?: string | undefined;
    readonly args?: readonly string[];
    readonly says: RegExp;
    /** What aws-mfa says of the same file. */
    readonly verdict: string;
  }

  const hours = 9 * 3600;
  const without = (key: string) => (text: string) =>
    text.replace(new RegExp(`^${key} = .*\n`, "m"), "");

  test.each<Replaced>([
    { what: "expired", wrote: [undefined, -1], says: /dev has expired/, verdict: "expired" },
    {
      what: "a role's, expired",
      wrote: [admin, -60],
      role: admin,
      says: /has expired/,
      verdict: "expired",
    },
    { what: "long expired", wrote: [undefined, -9e8], says: /has expired/, verdict: "expired" },
    {
      what: "of another role",
      wrote: [audit, hours],
      role: admin,
      says: /getting a session of \S+:role\/admin for profile dev/,
      verdict: "other role",
    },
    {
      what: "of a role, where none is wanted",
      wrote: [admin, hours],
      says: /profile dev holds the session of a role/,
      verdict: "no role asked, one stored",
    },
    {
      what: "of none, where one is wanted",
      wrote: [undefined, hours],
      role: admin,
      says: /getting a session of \S+:role\/admin/,
      verdict: "role asked, none stored",
    },
    {
      what: "another one is wanted",
      wrote: [undefined, hours],
      args: ["--force"],
      says: /getting a new session for profile dev, as asked for/,
      verdict: "forced",
    },
    ...["aws_access_key_id", "aws_secret_access_key", "aws_session_token", "expiration"].map(
      (key): Replaced => ({
        what: `without ${key}`,
        wrote: [undefined, hours],
        change: (text) => {
          const start = text.indexOf("[dev]");
          return text.slice(0, start) + without(key)(text.slice(start));
        },
        says: /missing or incomplete/,
        verdict: "incomplete",
      }),
    ),
    {
      what: "with a time that is none, of which it died",
      wrote: [undefined, hours],
      change: (text) => text.replace(/^expiration = .*$/m, "expiration = tomorrow"),
      says: /missing or incomplete/,
      verdict: "traceback",
    },
  ])("is replaced: $what", async ({ wrote, change, role, args = [], says, verdict }) => {
    await using home = await startRefreshHome(usualFile, world);
    await writeLikeAwsMfa(home, ...wrote);
    if (change !== undefined) home.write(".aws/credentials", change(home.text()));
    expect(await judge(home, { role, force: args.includes("--force") })).toMatchObject({ verdict });
    const ended = await home.refreshWithCode([...as(role), ...args]);
    expect(ended).toMatchObject({ code: 0, stdout: "", stderr: expect.stringMatching(says) });
    expect(await home.arnOf("dev")).toMatch(arnOf(role));
    expect(await judge(home, { role })).toMatchObject({ verdict: "valid" });
  });
});

describe.concurrent("what we write", () => {
  test.each<[what: string, args: string[], role: string | undefined, seconds: number]>([
    ["a session of the user", [], undefined, 43_200],
    ["a short one", ["--duration", "900"], undefined, 900],
    ["one of a role", ["--assume-role", admin!], admin, 3600],
    ["one that lasts for hours", ["--assume-role", admin!, "--duration", "43200"], admin, 43_200],
  ])("is valid for aws-mfa: %s", async (_what, args, role, seconds) => {
    await using home = await startRefreshHome(usualFile, world);
    expect(await home.refreshWithCode([...refreshDev, ...args])).toMatchObject({ code: 0 });
    const verdict = await judge(home, { role });
    expect(verdict).toMatchObject({ verdict: "valid" });
    expect(seconds - (verdict.left ?? 0)).toSatisfy((gone) => gone >= 0 && gone < 60);
    const { aws_session_token, aws_security_token, assumed_role } = home.section("dev");
    expect(aws_security_token).toBe(aws_session_token);
    expect(assumed_role).toBe(role === undefined ? "False" : "True");
    // By its rules it would not be for anybody else.
    expect(await judge(home, { role: audit })).toMatchObject({
      verdict: role === undefined ? "role asked, none stored" : "other role",
    });
    expect(await judge(home, { role, force: true })).toMatchObject({ verdict: "forced" });
  });

  test("is the user's again after a role's", async () => {
    await using home = await startRefreshHome(usualFile, world);
    expect(await home.refreshWithCode(as(admin))).toMatchObject({ code: 0 });
    expect(home.section("dev")).toMatchObject({ assumed_role: "True", assumed_role_arn: admin });
    expect(await judge(home)).toEqual({ verdict: "no role asked, one stored" });
    expect(await home.refresh(refreshDev)).toMatchObject({ code: 0 });
    expect(home.section("dev")).toMatchObject({ assumed_role: "False" });
    expect(home.section("dev")).not.toHaveProperty("assumed_role_arn");
    expect(await judge(home)).toMatchObject({ verdict: "valid" });
    expect(await judge(home, { role: admin })).toEqual({ verdict: "role asked, none stored" });
  });

  test("under other suffixes", async () => {
    await using home = await startRefreshHome((user) => keysSection("dev", user), world);
    const suffixes = [
      "--long-suffix",
      "none",
      "--short-suffix",
      "mfa",
      "--device",
      home.user.serial,
    ];
    expect(await home.refreshWithCode([...refreshDev, ...suffixes])).toMatchObject({ code: 0 });
    const judging = { path: home.path, long_term: "dev", short_term: "dev-mfa" };
    expect(await byRules({ judging })).toMatchObject({ verdict: "valid" });
  });
});

test.concurrent("both may be used in turns", async () => {
  await using home = await startRefreshHome(usualFile, world);
  for (const role of [undefined, admin, undefined, audit]) {
    expect(await home.refreshWithCode([...as(role), "--force"])).toMatchObject({ code: 0 });
    await expectValidForBoth(home, role);
    await writeLikeAwsMfa(home, role);
    await expectValidForBoth(home, role);
    // The other's role is not this one, for neither of them.
    const other = role === admin ? audit : admin;
    expect(await judge(home, { role: other })).toMatchObject({
      verdict: expect.stringMatching(/role/),
    });
    await writeLikeAwsMfa(home, other, -1);
    expect(await judge(home, { role: other })).toMatchObject({ verdict: "expired" });
  }
  const kept = { aws_access_key_id: home.user.accessKeyId, aws_mfa_device: home.user.serial };
  expect(home.section("dev-long-term")).toMatchObject(kept);
  expect(home.section("other")).toEqual({ region: "eu-west-1" });
});

/** Neither of them would ask for a code, nor touch the file, and AWS takes what is in it. */
async function expectValidForBoth(home: RefreshHome, role: string | undefined): Promise<void> {
  const before = home.text();
  expect(await judge(home, { role })).toMatchObject({ verdict: "valid" });
  const still = { code: 0, stdout: "", stderr: expect.stringContaining("is still valid for") };
  expect(await home.refresh(as(role))).toMatchObject(still);
  expect(home.text()).toBe(before);
  expect(await home.arnOf("dev")).toMatch(arnOf(role));
}
