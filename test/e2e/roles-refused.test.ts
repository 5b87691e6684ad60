import { describe, expect, test } from "vitest";
import type { RoleOptions } from "../../src/sandbox/sandbox.ts";
import { type RoleProfiles } from "../support/role-profiles.ts";
import { leaveInStore, storedFor } from "../support/stored.ts";
import {
  answerPrompt,
  prompt,
  revokeStored,
  rolesAsked,
  sessionOnTerminal,
  signInAs,
  startRoleHome,
  type RoleHome,
} from "./role-home.ts";
import { sessionFile } from "./user-home.ts";

const roles: readonly RoleOptions[] = [
  { name: "admin", trust: { mfa: true } },
  { name: "deploy", trust: { mfa: true } },
  { name: "vault", trust: { principals: ["arn:aws:iam::123456789012:role/deploy"] } },
];
const profiles: RoleProfiles = {
  admin: {},
  deploy: {},
  vault: { source_profile: "deploy" },
};

type Home = RoleHome & AsyncDisposable;

const start = (): Promise<Home> => startRoleHome(profiles, roles);

const gone = (code: string): string =>
  `awsmfa: AWS no longer accepts the stored session of profile dev (${code}): a new one is needed.\n`;

interface Renewal {
  name: string;
  prepare: (home: Home) => Promise<void> | void;
  profile?: string;
  /** All that is said. */
  says: string;
  /** The requests for roles. */
  roles: string[];
  /** How many sessions of the user there were. */
  sessions: number;
}

const renewals: Renewal[] = [
  {
    name: "a session that AWS does not know",
    prepare: (home) => leaveInStore(home, "dev", sessionFile(home)),
    says: gone("InvalidClientTokenId"),
    roles: ["admin 403", "admin 200"],
    sessions: 1,
  },
  {
    name: "a session that AWS does not know, for the second role of a chain",
    prepare: (home) => leaveInStore(home, "dev", sessionFile(home)),
    profile: "vault",
    says: gone("InvalidClientTokenId"),
    roles: ["deploy 403", "deploy 200", "vault 200"],
    sessions: 1,
  },
  {
    name: "a session that AWS has ended",
    prepare: async (home) => {
      await signInAs(home, "dev");
      home.sandbox.expireSessions();
    },
    says: gone("ExpiredToken"),
    roles: ["admin 403", "admin 200"],
    sessions: 2,
  },
  ...["ExpiredTokenException", "UnrecognizedClientException"].map((code) => ({
    name: `a session of which AWS says ${code}`,
    prepare: async (home: Home) => {
      await signInAs(home, "dev");
      home.sandbox.trouble.fail({ operation: "AssumeRole", status: 403, code });
    },
    says: gone(code),
    roles: ["admin 403", "admin 200"],
    sessions: 2,
  })),
  {
    name: "a dead role in the middle of a chain: no code",
    prepare: async (home) => {
      await signInAs(home, "deploy");
      revokeStored(home, "deploy");
    },
    profile: "vault",
    says: "",
    roles: ["deploy 200", "vault 403", "deploy 200", "vault 200"],
    sessions: 1,
  },
  {
    name: "a dead role and the dead session that it hangs on",
    prepare: async (home) => {
      await signInAs(home, "deploy");
      home.sandbox.expireSessions();
    },
    profile: "vault",
    says: gone("ExpiredToken"),
    roles: ["deploy 200", "vault 403", "deploy 403", "deploy 200", "vault 200"],
    sessions: 2,
  },
];

describe.concurrent("what was stored is dead:", () => {
  test.each(renewals)("$name", async ({ prepare, profile = "admin", says, roles, sessions }) => {
    await using home = await start();
    await prepare(home);
    const ended = await home.sessionWithCode({ AWS_PROFILE: profile });
    expect(ended).toMatchObject({ code: 0, stderr: says });
    const key = storedFor(home, profile)["access_key_id"];
    expect(ended.stdout).toBe(`key=${key}\n`);
    expect(rolesAsked(home)).toEqual(roles);
    expect(home.stsCalls()).toBe(sessions);
    expect(await home.session({ AWS_PROFILE: profile })).toEqual({ ...ended, stderr: "" });
    expect(await home.session()).toMatchObject({ code: 0, stderr: "" });
    expect(rolesAsked(home)).toHaveLength(roles.length);
  });

  test("on a terminal the reason comes before the prompt, which comes once", async () => {
    await using home = await start();
    leaveInStore(home, "dev", sessionFile(home));
    const terminal = sessionOnTerminal(home, "admin");
    await terminal.until(prompt(home));
    expect(terminal.shown).toBe(gone("InvalidClientTokenId").replace("\n", "\r\n") + prompt(home));
    await answerPrompt(home, terminal);
    expect(terminal.shown).toMatch(/\d{6}\r\nkey=ASIA\w{16}\r\nstatus 0\r\n$/);
  });

  test("nobody to ask: the reason all the same, and an expired one is gone under all its names", async () => {
    await using home = await start();
    const copies = ["dev", "ops", "%%keys-AKIA"];
    for (const name of copies) leaveInStore(home, name, sessionFile(home, { profile: name }));
    const other = sessionFile(home, { access_key_id: "ASIAANOTHER123456789" });
    leaveInStore(home, "else", { ...other, identity: undefined });
    home.sandbox.trouble.fail({ operation: "AssumeRole", status: 403, code: "ExpiredToken" });
    const ended = await home.session({ AWS_PROFILE: "admin" });
    expect(ended).toMatchObject({ code: 253, stdout: "" });
    expect(ended.stderr).toContain(
      `${gone("ExpiredToken")}awsmfa: no MFA code for phone-of-alice (profile dev), and nobody to ask.`,
    );
    expect(home.stored()).toEqual(["else"]);
    expect(rolesAsked(home)).toEqual(["admin 403"]);
  });

  test("nobody to ask: one that AWS does not know may be good in another region, and stays", async () => {
    await using home = await start();
    await signInAs(home, "dev");
    const before = await home.session();
    const code = "InvalidClientTokenId";
    home.sandbox.trouble.fail({ operation: "AssumeRole", status: 403, code });
    const ended = await home.session({ AWS_PROFILE: "admin" });
    expect(ended).toMatchObject({ code: 253, stderr: expect.stringContaining(gone(code)) });
    expect(await home.session()).toEqual(before);
    expect(before).toMatchObject({ code: 0, stderr: "" });
  });

  test("a new one remembers the one that it replaces, for a shell may hold it", async () => {
    await using home = await start();
    await signInAs(home, "dev");
    const { access_key_id: old } = storedFor(home, "dev");
    revokeStored(home, "dev");
    expect(await home.sessionWithCode({ AWS_PROFILE: "admin" })).toMatchObject({ code: 0 });
    expect(storedFor(home, "dev")["replaced"]).toMatchObject([{ access_key_id: old }]);
  });

  test("with other roles that were assumed: these live on", async () => {
    await using home = await start();
    await signInAs(home, "admin");
    revokeStored(home, "dev");
    const before = await home.session({ AWS_PROFILE: "admin" });
    expect(await home.session({ AWS_PROFILE: "deploy" })).toMatchObject({ code: 253 });
    expect(await home.session({ AWS_PROFILE: "admin" })).toEqual(before);
    expect(before).toMatchObject({ code: 0, stderr: "" });
  });
});

interface Refusal {
  name: string;
  prepare: (home: Home) => Promise<void> | void;
  profile?: string;
  says: string;
  roles: string[];
  sessions: number;
}

const endlessly = ({ sandbox }: Home): void =>
  sandbox.trouble.fail({
    operation: "AssumeRole",
    status: 403,
    code: "ExpiredToken",
    times: Infinity,
  });

const refusals: Refusal[] = [
  {
    name: "a stored session, and the one after it",
    prepare: async (home) => {
      await signInAs(home, "dev");
      endlessly(home);
    },
    says: gone("ExpiredToken"),
    roles: ["admin 403", "admin 403"],
    sessions: 2,
  },
  {
    name: "all of a chain",
    prepare: async (home) => {
      await signInAs(home, "deploy");
      endlessly(home);
    },
    profile: "vault",
    says: gone("ExpiredToken"),
    roles: ["deploy 200", "vault 403", "deploy 403", "deploy 403"],
    sessions: 2,
  },
  {
    name: "a session of this very run",
    prepare: endlessly,
    says: "",
    roles: ["admin 403"],
    sessions: 1,
  },
];

test.concurrent.each(refusals)(
  "refused without end, $name: one prompt, one error",
  async ({ prepare, profile = "admin", says, roles, sessions }) => {
    await using home = await start();
    await prepare(home);
    const terminal = sessionOnTerminal(home, profile);
    await terminal.until(prompt(home));
    await answerPrompt(home, terminal);
    expect(terminal.shown.split("MFA code for")).toHaveLength(2);
    expect(terminal.shown.split("ExpiredToken; profile")).toHaveLength(2);
    expect(terminal.shown.startsWith(says.replace("\n", "\r\n") + prompt(home))).toBe(true);
    expect(terminal.shown).toMatch(/\r\nstatus 254\r\n$/);
    expect(rolesAsked(home)).toEqual(roles);
    expect(home.stsCalls()).toBe(sessions);
  },
);
