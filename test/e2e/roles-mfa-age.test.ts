import { utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { RoleOptions } from "../../src/sandbox/sandbox.ts";
import { type RoleProfiles } from "../support/role-profiles.ts";
import { changeStored, lasting, storedFor } from "../support/stored.ts";
import {
  answerPrompt,
  prompt,
  rolesAsked,
  sessionOnTerminal,
  signInAs,
  signInBefore,
  startRoleHome,
} from "./role-home.ts";
import { timeFromNow } from "../support/times.ts";

const roles: readonly RoleOptions[] = [
  { name: "deploy", trust: { mfa: true } },
  { name: "vault", trust: { principals: ["arn:aws:iam::123456789012:role/deploy"] } },
  { name: "fresh", trust: { mfa: true, maxMfaAge: 900 } },
  { name: "closed", trust: { principals: ["arn:aws:iam::123456789012:user/bob"] } },
];
const profiles: RoleProfiles = {
  deploy: {},
  beyond: { role: "closed", source_profile: "deploy" },
  vault: { source_profile: "deploy" },
  fresh: {},
  closed: {},
};

const tooOld = (name: string): string =>
  `awsmfa: AWS does not let the stored session assume arn:aws:iam::123456789012:role/${name} of profile ${name} ` +
  "(AccessDenied): the role may want a more recent code.\n";

describe.concurrent("a role that wants a recent code", () => {
  test("asks for one, with the reason", async () => {
    await using home = await startRoleHome(profiles, roles);
    await signInBefore(home, 1800);
    const old = storedFor(home, "dev")["access_key_id"];
    const requests = home.stsCalls();
    const terminal = sessionOnTerminal(home, "fresh");
    await terminal.until(prompt(home));
    expect(terminal.shown).toBe(tooOld("fresh").replace("\n", "\r\n") + prompt(home));
    await answerPrompt(home, terminal);
    expect(terminal.shown).toMatch(/\d{6}\r\nkey=ASIA\w{16}\r\nstatus 0\r\n$/);
    expect(rolesAsked(home)).toEqual(["fresh 403", "fresh 200"]);
    expect(home.stsCalls()).toBe(requests + 1);
    expect(storedFor(home, "dev")["access_key_id"]).not.toBe(old);
    expect(await home.session({ AWS_PROFILE: "fresh" })).toMatchObject({ code: 0, stderr: "" });
    expect(rolesAsked(home)).toHaveLength(2);
  });

  test("takes it from AWS_MFA_TOKEN", async () => {
    await using home = await startRoleHome(profiles, roles);
    await signInBefore(home, 1800);
    const ended = await home.sessionWithCode({ AWS_PROFILE: "fresh" });
    expect(ended).toMatchObject({ code: 0, stderr: tooOld("fresh") });
  });

  test("with a file that does not tell its age, asks where the file is old", async () => {
    await using home = await startRoleHome(profiles, roles);
    await signInBefore(home, 1800);
    const { issued: _, ...file } = storedFor(home, "dev");
    writeFileSync(join(home.store, "dev"), JSON.stringify(file));
    expect(await home.session({ AWS_PROFILE: "fresh" })).toMatchObject({ code: 254 });
    const halfAnHourAgo = Date.now() / 1000 - 1800;
    utimesSync(join(home.store, "dev"), halfAnHourAgo, halfAnHourAgo);
    const ended = await home.sessionWithCode({ AWS_PROFILE: "fresh" });
    expect(ended).toMatchObject({ code: 0, stderr: tooOld("fresh") });
  });

  test("without anybody to ask, is refused; the stored session stays", async () => {
    await using home = await startRoleHome(profiles, roles);
    await signInBefore(home, 1800);
    const before = storedFor(home, "dev");
    const requests = home.stsCalls();
    const ended = await home.session({ AWS_PROFILE: "fresh" });
    expect(ended).toMatchObject({ code: 254, stdout: "" });
    expect(ended.stderr).toMatch(
      /^awsmfa: AWS refused: .*not authorized to perform: sts:AssumeRole .*\(AccessDenied; profile fresh, role arn:\S+:role\/fresh, key …/,
    );
    expect(ended.stderr).toMatch(
      /\n {2}Or the role wants a more recent code: run it on a terminal, or set AWS_MFA_TOKEN to one\.\n$/,
    );
    expect(storedFor(home, "dev")).toEqual(before);
    expect(rolesAsked(home)).toEqual(["fresh 403"]);
    expect(home.stsCalls()).toBe(requests);
  });

  test("where a session of half an hour is refused again: one prompt, one error", async () => {
    await using home = await startRoleHome(profiles, roles);
    await signInBefore(home, 1800);
    const terminal = sessionOnTerminal(home, "closed");
    await terminal.until(prompt(home));
    await answerPrompt(home, terminal);
    expect(terminal.shown.split("MFA code for")).toHaveLength(2);
    expect(terminal.shown).toMatch(/\(AccessDenied; profile closed, .*status 254\r\n$/s);
    expect(rolesAsked(home)).toEqual(["closed 403", "closed 403"]);
    // The code was for nothing, its session is not.
    expect(await home.session()).toMatchObject({ code: 0, stderr: "" });
  });

  test.each<[age: number, prompts: number]>([
    [0, 0],
    [270, 0],
    [330, 1],
  ])("a code of %i s ago, and AccessDenied: %i prompts", async (age, prompts) => {
    await using home = await startRoleHome(profiles, roles);
    await signInAs(home, "dev");
    changeStored(home, "dev", { issued: timeFromNow(-age) });
    const terminal = sessionOnTerminal(home, "closed");
    if (prompts > 0) {
      await terminal.until(prompt(home));
      await answerPrompt(home, terminal);
    } else await terminal.ended;
    expect(terminal.shown.split("MFA code for")).toHaveLength(prompts + 1);
    expect(terminal.shown).toMatch(/status 254\r\n$/);
  });

  test("is not suspected where a role is refused to another one, which is assumed anew", async () => {
    await using home = await startRoleHome(profiles, roles);
    await signInAs(home, "deploy");
    changeStored(home, "dev", { issued: timeFromNow(-1800) });
    changeStored(home, "deploy", { issued: timeFromNow(-1800) });
    const terminal = sessionOnTerminal(home, "beyond");
    await terminal.ended;
    expect(terminal.shown).toMatch(/^awsmfa: .*\(AccessDenied; profile beyond, .*status 254\r\n$/s);
    expect(rolesAsked(home)).toEqual(["deploy 200", "closed 403", "deploy 200", "closed 403"]);
    // That one is young.
    expect(await home.sessionWithCode({ AWS_PROFILE: "beyond" })).toMatchObject({ code: 254 });
    expect(rolesAsked(home).slice(4)).toEqual(["closed 403"]);
  });

  test("a role whose sessions were revoked is assumed anew, silently", async () => {
    await using home = await startRoleHome(profiles, roles);
    await signInAs(home, "deploy");
    changeStored(home, "deploy", { issued: timeFromNow(-1800) });
    home.sandbox.trouble.fail({ operation: "AssumeRole", status: 403, code: "AccessDenied" });
    const ended = await home.session({ AWS_PROFILE: "vault" });
    expect(ended).toMatchObject({ code: 0, stderr: "" });
    expect(rolesAsked(home)).toEqual(["deploy 200", "vault 403", "deploy 200", "vault 200"]);
  });
});

test("a role at the end of a chain that is refused costs no code, however old the one before it is", async () => {
  const closed = { name: "closed", trust: { principals: [] } };
  const fresh = { name: "fresh", trust: { mfa: true, maxMfaAge: 900 } };
  await using home = await startRoleHome({ fresh: {}, closed: { source_profile: "fresh" } }, [
    fresh,
    closed,
  ]);
  await signInAs(home, "fresh");
  changeStored(home, "fresh", lasting(1000, 2600));
  changeStored(home, "dev", lasting(1000, 40_000));
  const sessions = home.stsCalls();
  const ended = await home.sessionWithCode({ AWS_PROFILE: "closed" });
  expect(ended).toMatchObject({ code: 254, stdout: "" });
  expect(ended.stderr).toMatch(/assumed-role\/fresh\/\S+ is not authorized .*role\/closed/);
  expect(home.stsCalls()).toBe(sessions);
});
