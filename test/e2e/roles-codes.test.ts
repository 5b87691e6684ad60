import { describe, expect, test } from "vitest";
import { runAwsmfa, type Ended } from "../support/run.ts";
import { storedFor } from "../support/stored.ts";
import {
  answerPrompt,
  prompt,
  rolesAsked,
  sessionOnTerminal,
  startRoleHome,
  type RoleHome,
} from "./role-home.ts";

const roles = [
  { name: "admin", trust: { mfa: true }, maxSessionDuration: 7200 },
  { name: "closed", trust: { principals: ["210987654321"] }, maxSessionDuration: 7200 },
  { name: "short", trust: { mfa: true } },
];
const long = { duration_seconds: 7200 };

const profiles = { admin: long, closed: long, short: {} };

const wrong = "that code is wrong or already used: wait for the next code.";

describe.concurrent("on a terminal, for a role of two hours:", () => {
  test("a wrong code three times", async () => {
    await using home = await startRoleHome(profiles, roles);
    const terminal = sessionOnTerminal(home, "admin");
    for (const code of ["000001", "000002", "000003"]) {
      await terminal.until(prompt(home, "admin"));
      terminal.type(`${code}\r`);
    }
    await terminal.until("status 254");
    expect(terminal.shown.split(wrong)).toHaveLength(3);
    expect(terminal.shown).toMatch(
      /awsmfa: AWS did not accept that code: wrong, or already used \(AccessDenied; profile admin, role arn:aws:iam::123456789012:role\/admin, key …\w{4}, device phone-of-alice, STS /,
    );
    expect(rolesAsked(home)).toEqual(["admin 403", "admin 403", "admin 403"]);
    expect(home.stsCalls()).toBe(0);
  });

  test("a wrong code, the same again, and a right one", async () => {
    await using home = await startRoleHome(profiles, roles);
    const terminal = sessionOnTerminal(home, "admin");
    for (const code of ["000001", "000 001"]) {
      await terminal.until(prompt(home, "admin"));
      terminal.type(`${code}\r`);
      await terminal.until(wrong);
    }
    await terminal.until(prompt(home, "admin"));
    await answerPrompt(home, terminal);
    expect(terminal.shown).toMatch(/\d{6}\r\nkey=ASIA\w{16}\r\nstatus 0\r\n$/);
    expect(rolesAsked(home)).toEqual(["admin 403", "admin 200"]);
  });

  test("a right code for a role that does not let us in: no other one is asked for", async () => {
    await using home = await startRoleHome(profiles, roles);
    const terminal = sessionOnTerminal(home, "closed");
    await terminal.until(prompt(home, "closed"));
    await answerPrompt(home, terminal);
    expect(terminal.shown).toMatch(/\(AccessDenied; profile closed, .*status 254\r\n$/s);
    expect(terminal.shown.split("MFA code for")).toHaveLength(2);
    expect(rolesAsked(home)).toEqual(["closed 403"]);
  });
});

interface Given {
  name: string;
  args: (code: string) => string[];
  env?: (code: string) => Record<string, string>;
  /** What is printed with this key. */
  prints: (key: string) => string;
}

const printKey = ["--", "/bin/sh", "-c", 'echo "key=$AWS_ACCESS_KEY_ID"'];
const keyLine = (key: string): string => `key=${key}\n`;

const given: Given[] = [
  {
    name: "AWS_MFA_TOKEN, session",
    args: () => ["session", "s3", "ls"],
    env: (code) => ({ AWS_MFA_TOKEN: code }),
    prints: keyLine,
  },
  {
    name: "AWS_MFA_TOKEN, exec",
    args: () => ["exec", ...printKey],
    env: (code) => ({ AWS_MFA_TOKEN: code }),
    prints: keyLine,
  },
  {
    name: "exec --token",
    args: (code) => ["exec", "--token", code, ...printKey],
    prints: keyLine,
  },
  {
    name: "exports --token",
    args: (code) => ["exports", "--shell", "sh", "--token", code],
    prints: (key) => `export AWS_ACCESS_KEY_ID='${key}';\n`,
  },
  {
    name: "AWS_MFA_PROCESS",
    args: () => ["session", "s3", "ls"],
    env: (code) => ({ AWS_MFA_PROCESS: `echo ${code}` }),
    prints: keyLine,
  },
];

function runGiven(
  { env }: RoleHome,
  profile: string,
  { args, env: more }: Given,
  code: string,
): Promise<Ended> {
  return runAwsmfa(args(code), { env: { ...env, AWS_PROFILE: profile, ...more?.(code) } });
}

describe.concurrent.each([
  ["admin", 7200, 0],
  ["short", 3600, 1],
])("role %s of %i seconds, the code from", (profile, seconds, sessions) => {
  test.each(given)("$name: right", async (way) => {
    await using home = await startRoleHome(profiles, roles);
    const ended = await runGiven(home, profile, way, home.sandbox.freshCode("alice"));
    const { access_key_id: key = "", expiration = "" } = storedFor(home, profile);
    expect(ended).toMatchObject({ code: 0, stderr: "" });
    expect(ended.stdout.startsWith(way.prints(key))).toBe(true);
    expect(rolesAsked(home)).toEqual([`${profile} 200`]);
    expect(home.stsCalls()).toBe(sessions);
    expect(Math.abs(Date.parse(expiration) - Date.now() - seconds * 1000)).toBeLessThan(30_000);
  });

  test.each(given)("$name: wrong", async (way) => {
    await using home = await startRoleHome(profiles, roles);
    const code = home.sandbox.wrongCode("alice");
    const ended = await runGiven(home, profile, way, code);
    expect(ended).toMatchObject({ code: 254, signal: null });
    expect(ended.stderr).toContain("wrong, or already used (AccessDenied; profile ");
    expect(ended.stderr).not.toContain(code);
    expect(ended.stdout).not.toContain("ASIA");
    expect(home.stsCalls()).toBe(sessions);
    expect(rolesAsked(home)).toEqual(sessions === 0 ? [`${profile} 403`] : []);
  });
});
