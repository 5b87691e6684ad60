import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parseIni } from "../../src/core/aws-files/ini.ts";
import { profileFiles } from "../../src/core/aws-files/profile.ts";
import type { Context } from "../../src/core/context.ts";
import { planRefresh, type RefreshPlan } from "../../src/core/refresh/plan-refresh.ts";
import { lastingAsAsked } from "../../src/session/lasting-as-asked.ts";
import { sessionFileName, storedNames } from "../../src/session/names-in-store.ts";
import { saveSession } from "../../src/session/save-session.ts";
import { findSession, findSharedSession, readSession } from "../../src/session/store.ts";

const now = new Date("2026-03-04T05:06:07Z");
const admin = "arn:aws:iam::123456789012:role/admin";
const silent = () => undefined;

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "awsmfa-test-"));
});
afterEach(() => rmSync(home, { recursive: true }));

/** Where nobody can be asked, unless there is a code. */
function contextOf(token?: string, agoSeconds = 0): Context {
  const report = { say: silent, sayOnce: silent, debug: silent };
  const then = new Date(now.getTime() - agoSeconds * 1000);
  return { env: { HOME: home, AWS_MFA_PROMPT: "none" }, now: () => then, report, token };
}

interface Asked {
  readonly duration?: number | undefined;
  readonly role?: string;
  readonly device?: string;
  readonly force?: boolean;
}

function planOf({ duration, role, device, force = false }: Asked = {}): RefreshPlan {
  const serial = "arn:aws:iam::123456789012:mfa/phone";
  const keys = "[dev-long-term]\naws_access_key_id=AKIA\naws_secret_access_key=s\n";
  const flags = {
    suffixes: { longTerm: undefined, shortTerm: undefined },
    device,
    duration: duration === undefined ? undefined : String(duration),
    assumeRole: role,
    roleSessionName: undefined,
    force,
  };
  const files = profileFiles(parseIni(""), parseIni(`${keys}mfa_serial=${serial}\n`));
  return planRefresh("dev", flags, { env: {}, files, userName: "me", now });
}

/** Stores a session that was asked for so, and has so many seconds left. */
function store(accessKeyId: string, asked: Asked, left: number, age = 60): void {
  const expiration = new Date(now.getTime() + left * 1000);
  const session = { accessKeyId, secretAccessKey: "s", sessionToken: "t", expiration };
  saveSession(contextOf(undefined, age), planOf(asked).request, session);
}

/** The access key id of the stored session that serves; `a code` where one is needed. */
function servedBy(asked: Asked, context: Context): string {
  const { request, seconds } = planOf(asked);
  const lasting = lastingAsAsked(context, request, seconds);
  const found = findSession(context, lasting) ?? findSharedSession(context, lasting);
  return found?.accessKeyId ?? "a code";
}

const usual: Asked = {};
const short: Asked = { duration: 1800 };
const long: Asked = { duration: 129_600 };

describe("a session of the user that is stored", () => {
  it.each<[stored: Asked, left: number, asked: Asked, serves: boolean, why?: string]>([
    [usual, 43_100, usual, true],
    [usual, 21_600, usual, true, "half of what is asked"],
    [usual, 21_599, usual, false],
    [usual, 400, usual, false],
    [usual, 43_100, { duration: 43_200 }, true, "said, and the same"],
    [usual, 43_100, { duration: 86_200 }, true],
    [usual, 43_100, { duration: 86_201 }, false],
    [usual, 43_100, short, false, "it would last for longer than somebody wants"],
    [usual, 2101, short, false],
    [usual, 2100, short, true, "by now it lasts as asked, give or take a clock that is behind"],
    [usual, 900, short, true],
    [usual, 899, short, false],
    [short, 1700, short, true],
    [short, 1700, usual, false],
    [short, 1700, { duration: 3400 }, true],
    [short, 1700, { duration: 3401 }, false],
    [long, 129_000, usual, true, "the usual one is whatever there is"],
    [long, 129_000, { duration: 43_200 }, false],
    [long, 43_200, { duration: 43_200 }, true],
    [{ device: "GAHT12345678" }, 43_100, usual, false, "another device"],
  ])("as %j, with %d s left, where one is asked for as %j: %j", (stored, left, asked, serves) => {
    store("ASIASTORED", stored, left);
    expect(servedBy(asked, contextOf("123456"))).toBe(serves ? "ASIASTORED" : "a code");
  });

  it.each<[left: number, asked: Asked, serves: boolean]>([
    [400, usual, true],
    [400, short, true],
    [1800, short, true],
    [2101, short, false],
    [299, usual, false],
  ])("with %d s left, where nobody can give a code and one is asked for as %j: %j", (...row) => {
    const [left, asked, serves] = row;
    store("ASIASTORED", usual, left, 40_000);
    expect(servedBy(asked, contextOf())).toBe(serves ? "ASIASTORED" : "a code");
  });

  it.each<[what: string, asked: Asked, age: number]>([
    ["its own", usual, 60],
    ["its own, and an older one", usual, 6000],
    ["that of another duration", short, 60],
    ["that of another duration, and an older one", { duration: 900 }, 6000],
  ])("is found behind one that will not do: %s", (_what, asked, age) => {
    store("ASIASHORT", asked, 600, 600);
    store("ASIALONG", long, 120_000, age);
    expect(servedBy(usual, contextOf("123456"))).toBe("ASIALONG");
  });

  it("is found behind several that will not do", () => {
    store("ASIASHORT", usual, 600);
    store("ASIASHORTER", { duration: 900 }, 500);
    expect(servedBy(usual, contextOf("123456"))).toBe("a code");
    store("ASIALONG", long, 120_000);
    expect(servedBy(usual, contextOf("123456"))).toBe("ASIALONG");
  });

  it("is none that was there before, where a new one is wanted", () => {
    store("ASIASTORED", usual, 43_100);
    expect(servedBy({ force: true }, contextOf())).toBe("a code");
  });
});

describe("a session of a role", () => {
  const hour = { role: admin };
  const hours = { role: admin, duration: 7200 };

  it.each<[stored: Asked, left: number, asked: Asked, serves: boolean, why?: string]>([
    [hour, 3500, hour, true],
    [hour, 1800, hour, true, "half of what is asked"],
    [hour, 1799, hour, false],
    [hour, 3500, { role: `${admin}2` }, false],
    [hours, 7100, hours, true],
    [hours, 3600, hours, true],
    [hours, 3599, hours, false, "that one takes a code"],
    [hours, 7100, hour, false, "of another duration"],
  ])("as %j, with %d s left, where one is asked for as %j: %j", (stored, left, asked, serves) => {
    store("ASIASTORED", stored, left);
    expect(servedBy(asked, contextOf("123456"))).toBe(serves ? "ASIASTORED" : "a code");
  });

  it.each<[user: Asked | undefined, serves: boolean]>([
    [undefined, true],
    [{ device: "GAHT12345678" }, true],
    [usual, false],
    [long, false],
  ])(
    "near its end serves where nobody can give a code, but for a session of %j",
    (user, serves) => {
      store("ASIAROLE", hour, 400, 3000);
      if (user !== undefined) store("ASIAUSER", user, 40_000);
      expect(servedBy(hour, contextOf())).toBe(serves ? "ASIAROLE" : "a code");
    },
  );
});

describe("the file of a session", () => {
  it.each<[asked: Asked, name: string | RegExp]>([
    [usual, "dev-long-term"],
    [{ duration: 43_200 }, /^%%mfa-dev-long-term-[0-9a-f]{8}$/],
    [short, /^%%mfa-dev-long-term-[0-9a-f]{8}$/],
    [{ device: "GAHT12345678" }, /^%%mfa-dev-long-term-[0-9a-f]{8}$/],
    [{ role: admin }, /^%%role-dev-[0-9a-f]{8}$/],
    [{ role: admin, duration: 7200 }, /^%%role-dev-[0-9a-f]{8}$/],
  ])("asked for as %j is %s", (asked, name) => {
    expect(sessionFileName(planOf(asked).request)).toMatch(name);
  });

  it("is another one for every duration that is said, and for every device", () => {
    const device = "GAHT12345678";
    const asked = [usual, short, long, { device }, { ...short, device }, { role: admin }];
    const names = asked.map((each) => sessionFileName(planOf(each).request));
    expect(new Set(names).size).toBe(asked.length);
  });

  it("keeps a long session when a short one is stored", () => {
    store("ASIALONG", usual, 43_100);
    store("ASIASHORT", short, 1700);
    expect(storedNames(contextOf())).toHaveLength(2);
    expect(readSession(contextOf(), "dev-long-term")).toMatchObject({ accessKeyId: "ASIALONG" });
    expect(servedBy(usual, contextOf("123456"))).toBe("ASIALONG");
    expect(servedBy(short, contextOf("123456"))).toBe("ASIASHORT");
  });
});
