import { describe, expect, test } from "vitest";
import { addRoles, type RoleProfiles } from "../support/role-profiles.ts";
import { changeStored, lasting, leaveInStore, storedFor } from "../support/stored.ts";
import { timeFromNow } from "../support/times.ts";
import { answerOf, startProcessHome, type ProcessHome } from "./process-home.ts";
import { sessionFile } from "./user-home.ts";

const roles = [
  { name: "admin", trust: { mfa: true } },
  { name: "long", trust: { mfa: true }, maxSessionDuration: 7200 },
];
const profiles: RoleProfiles = { admin: {}, long: { duration_seconds: 7200 } };

/** How somebody, or something, stands in the way of a new session. */
type Way = "asked" | "nobody" | "wrong codes" | "cancelled" | "AWS is down" | "AWS refuses";

interface Row {
  /** Seconds that the session was issued for, and that are left of it. */
  readonly of: number;
  readonly left: number;
  readonly way: Way;
  /** The same session, another one, or an exit code. */
  readonly gives: "same" | "new" | 253 | 254;
  readonly prompts?: number;
  readonly says?: RegExp;
  readonly env?: Readonly<Record<string, string>>;
}

const half = 43_200;
const goesOn = /^awsmfa: .*\n {2}The session that is there goes on until \S+Z\.\n$/ms;
const demanding = { AWS_MFA_MIN_TTL: "1000" };

// prettier-ignore
const ofUsers: readonly Row[] = [
  { of: half, left: 930, way: "asked", gives: "same" },
  { of: half, left: 899, way: "asked", gives: "new", prompts: 1 },
  { of: half, left: 899, way: "nobody", gives: "same" },
  { of: half, left: 899, way: "wrong codes", gives: "same", prompts: 3, says: goesOn },
  { of: half, left: 899, way: "cancelled", gives: "same", prompts: 1, says: goesOn },
  { of: half, left: 899, way: "AWS is down", gives: "same", prompts: 1, says: goesOn },
  { of: half, left: 360, way: "asked", gives: "new", prompts: 1 },
  { of: half, left: 360, way: "nobody", gives: "same" },
  { of: half, left: 240, way: "asked", gives: "new", prompts: 1 },
  { of: half, left: 240, way: "nobody", gives: "same" },
  { of: half, left: 240, way: "wrong codes", gives: "same", prompts: 3, says: goesOn },
  { of: half, left: 50, way: "asked", gives: "new", prompts: 1 },
  { of: half, left: 50, way: "nobody", gives: 253, says: /nobody to ask/ },
  { of: half, left: 50, way: "wrong codes", gives: 254, prompts: 3, says: /did not accept that code/ },
  { of: 900, left: 480, way: "asked", gives: "same" },
  { of: 900, left: 420, way: "asked", gives: "new", prompts: 1 },
  { of: 900, left: 420, way: "nobody", gives: "same" },
  { of: half, left: 1030, way: "asked", gives: "same", env: demanding },
  { of: half, left: 990, way: "asked", gives: "new", prompts: 1, env: demanding },
  { of: half, left: 990, way: "nobody", gives: 253, says: /nobody to ask/, env: demanding },
];

/** Which session is on its last minutes, and whether the user's own session is over. */
interface RoleRow extends Row {
  readonly profile: string;
  readonly sourceIsOver?: true;
}

// prettier-ignore
const ofRoles: readonly RoleRow[] = [
  { profile: "admin", of: 3600, left: 930, way: "asked", gives: "same" },
  { profile: "admin", of: 3600, left: 899, way: "asked", gives: "new" },
  { profile: "admin", of: 3600, left: 899, way: "nobody", gives: "new" },
  { profile: "admin", of: 3600, left: 899, way: "AWS refuses", gives: "same" },
  { profile: "admin", of: 3600, left: 899, way: "asked", gives: "new", prompts: 1, sourceIsOver: true },
  { profile: "admin", of: 3600, left: 899, way: "nobody", gives: "same", sourceIsOver: true },
  { profile: "admin", of: 3600, left: 899, way: "cancelled", gives: "same", prompts: 1, says: goesOn, sourceIsOver: true },
  { profile: "admin", of: 3600, left: 240, way: "nobody", gives: "same", sourceIsOver: true },
  { profile: "admin", of: 3600, left: 50, way: "nobody", gives: 253, says: /nobody to ask/, sourceIsOver: true },
  { profile: "long", of: 7200, left: 899, way: "asked", gives: "new", prompts: 1 },
  { profile: "long", of: 7200, left: 899, way: "nobody", gives: "same" },
];

const titleOf = ({ of, left, way, gives }: Row): string =>
  `of ${of} s, with ${left} s left, ${way}: ${gives}`;

/** Puts an obstacle between the caller and a new session; gives the environment of the call. */
function stand(home: ProcessHome, way: Way): Readonly<Record<string, string>> {
  if (way === "wrong codes") home.answer = () => home.sandbox.wrongCode("alice");
  if (way === "cancelled") home.answer = () => "fail";
  const operation = way === "AWS refuses" ? "AssumeRole" : "GetSessionToken";
  const fault = { operation, status: 403, code: "AccessDenied", times: Infinity };
  if (way === "AWS refuses") home.sandbox.trouble.fail(fault);
  if (way === "AWS is down") home.sandbox.trouble.fail({ ...fault, code: "RequestExpired" });
  return way === "nobody" ? home.alone : home.env;
}

async function expectGiven(home: ProcessHome, profile: string, row: Row): Promise<void> {
  const { way, gives, prompts = 0, says = /^$/, env } = row;
  const before = storedFor(home, profile)["access_key_id"];
  const asked = home.prompts().length;
  const more = { ...stand(home, way), ...env };
  const ended = await home.ask(more, profile);
  expect(ended.stderr).toMatch(says);
  expect(home.prompts().length - asked).toBe(prompts);
  if (typeof gives === "number") {
    expect(ended).toMatchObject({ code: gives, stdout: "" });
    return;
  }
  expect(ended.code).toBe(0);
  const given = answerOf(ended)["AccessKeyId"];
  expect(given === before ? "same" : "new").toBe(gives);
  // Programs call again and again: nobody is asked each time, neither after success nor in vain.
  const again = await home.ask(more, profile);
  expect(again).toMatchObject({ code: 0, stderr: "" });
  expect(answerOf(again)["AccessKeyId"]).toBe(given);
  expect(home.prompts().length - asked).toBe(prompts);
}

describe.concurrent("a session", () => {
  test.each(ofUsers.map((row) => [titleOf(row), row] as const))("%s", async (_title, row) => {
    await using home = await startProcessHome();
    leaveInStore(home, "dev", sessionFile(home, lasting(row.of - row.left, row.left)));
    await expectGiven(home, "dev", row);
  });

  test.each(
    ofRoles.map((row) => {
      const { profile, sourceIsOver } = row;
      return [
        `${profile}${sourceIsOver ? ", its source over" : ""}, ${titleOf(row)}`,
        row,
      ] as const;
    }),
  )("of role %s", async (_title, row) => {
    await using home = await startProcessHome({ roles });
    addRoles(home, profiles);
    expect(await home.ask({}, row.profile)).toMatchObject({ code: 0 });
    changeStored(home, row.profile, lasting(row.of - row.left, row.left));
    if (row.sourceIsOver) changeStored(home, "dev", { expiration: timeFromNow(-1) });
    await expectGiven(home, row.profile, row);
  });

  test("that could not be renewed is tried again after five minutes", async () => {
    await using home = await startProcessHome();
    leaveInStore(home, "dev", sessionFile(home, lasting(42_400, 800)));
    home.answer = () => "fail";
    for (const prompts of [1, 1]) {
      expect(answerOf(await home.ask())["AccessKeyId"]).toMatch(/^ASIAPLANTED/);
      expect(home.prompts()).toHaveLength(prompts);
    }
    changeStored(home, "dev", { renewal_tried: timeFromNow(-310) });
    home.answer = () => home.sandbox.freshCode("alice");
    expect(answerOf(await home.ask())["AccessKeyId"]).not.toMatch(/^ASIAPLANTED/);
    expect(home.prompts()).toHaveLength(2);
    expect(storedFor(home, "dev")["renewal_tried"]).toBeUndefined();
  });

  test("that a profile with the same keys and device has renewed is taken, with nobody to ask", async () => {
    await using home = await startProcessHome();
    const { serial, accessKeyId, secretAccessKey } = home.user;
    home.configure(
      `[profile twin]\nmfa_serial = ${serial}\nregion = us-east-1\n` +
        `aws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`,
    );
    leaveInStore(home, "dev", sessionFile(home, lasting(42_400, 800)));
    const newer = { access_key_id: "ASIANEWER", profile: "twin" };
    leaveInStore(home, "twin", sessionFile(home, newer));
    expect(answerOf(await home.ask(home.alone))).toMatchObject({ AccessKeyId: "ASIANEWER" });
    expect(storedFor(home, "dev")).toMatchObject({ access_key_id: "ASIANEWER" });
  });
});

const fiveOf = <Value>(value: Value): Value[] => Array.from({ length: 5 }, () => value);

describe.concurrent("five at once", () => {
  const five = (home: ProcessHome) => Promise.all(fiveOf(home).map((each) => each.ask()));

  test("without a session: one prompt, and all have it", async () => {
    await using home = await startProcessHome();
    const all = await five(home);
    expect(all).toEqual(fiveOf({ code: 0, signal: null, stdout: all[0]!.stdout, stderr: "" }));
    expect(home.prompts()).toHaveLength(1);
    expect(home.asked()).toHaveLength(1);
  });

  test("near its end: one prompt, and all have a session", async () => {
    await using home = await startProcessHome();
    leaveInStore(home, "dev", sessionFile(home, lasting(42_400, 800)));
    const all = await five(home);
    for (const ended of all) expect(ended).toMatchObject({ code: 0, stderr: "" });
    const given = all.map((ended) => answerOf(ended)["AccessKeyId"]);
    expect(home.prompts()).toHaveLength(1);
    const renewed = storedFor(home, "dev")["access_key_id"];
    expect(given).toContain(renewed);
  });
});
