import { describe, expect, it } from "vitest";
import { sessionKey, type Identity } from "../../../src/core/request/identity.ts";
import {
  isUsable,
  replacedBy,
  storedKey,
  type Session,
  type StoredSession,
} from "../../../src/core/session/session.ts";

const now = new Date("2030-01-01T12:00:00Z");
const inSeconds = (seconds: number): Date => new Date(now.getTime() + seconds * 1000);

describe("a session is used while enough of it remains", () => {
  it.each<[remaining: number, age: number, least: number, usable: boolean, why?: string]>([
    [43_200, 0, 300, true],
    [301, 42_899, 300, true],
    [300, 42_900, 300, false, "more than that must remain"],
    [299, 42_901, 300, false],
    [1, 43_199, 300, false],
    [0, 43_200, 300, false],
    [-1, 43_201, 300, false],
    [-86_400, 129_600, 300, false],
    [1, 43_199, 0, true, "every second counts"],
    [0.5, 43_199, 0, true],
    [0, 43_200, 0, false, "over is over"],
    [-1, 43_201, 0, false],
    [900, 0, 900, true, "half of a short session is enough"],
    [451, 449, 900, true],
    [450, 450, 900, false],
    [900, 0, 129_600, true],
    [21_601, 21_599, 129_600, true, "never more than half of its own duration"],
    [21_600, 21_600, 129_600, false],
    [301, 0, 300, true],
    [151, 150, 300, true],
    [150, 150, 300, false],
    [10, -5, 300, true, "issued in the future: the clock was set back"],
    [10, -20, 300, true, "issued after its end: nothing to halve"],
    [-10, -20, 300, false],
  ])("%d s left of one %d s old, at least %d s: %s", (remaining, age, least, usable) => {
    const session = {
      accessKeyId: "ASIA",
      secretAccessKey: "s",
      sessionToken: "t",
      expiration: inSeconds(remaining),
    };
    expect(isUsable(session, inSeconds(-age), now, least)).toBe(usable);
  });
});

describe("a session that takes the place of another", () => {
  const session = (accessKeyId: string): Session => ({
    accessKeyId,
    secretAccessKey: "secret",
    sessionToken: "token",
    expiration: now,
  });
  const stored = (accessKeyId: string, replaced: readonly string[]): StoredSession => ({
    ...session(accessKeyId),
    issued: undefined,
    identity: undefined,
    profile: undefined,
    role: undefined,
    replaced: replaced.map((id) => ({ accessKeyId: id, expiration: now })),
  });
  const twelve = Array.from({ length: 12 }, (_, index) => `ASIA${index}`);

  it.each<[name: string, present: StoredSession | undefined, remembered: string[]]>([
    ["in an empty store", undefined, []],
    ["remembers it", stored("ASIAOLD", []), ["ASIAOLD"]],
    [
      "and those that it remembers, newest first",
      stored("ASIAOLD", ["ASIA2", "ASIA1"]),
      ["ASIAOLD", "ASIA2", "ASIA1"],
    ],
    ["but never itself", stored("ASIANEW", ["ASIANEW", "ASIA1"]), ["ASIA1"]],
    ["and twelve at most", stored("ASIAOLD", twelve), ["ASIAOLD", ...twelve.slice(0, 11)]],
  ])("%s", (_name, present, remembered) => {
    const replaced = replacedBy(session("ASIANEW"), present);
    expect(replaced.map(({ accessKeyId }) => accessKeyId)).toEqual(remembered);
  });
});

describe("whose a stored session is", () => {
  const identity: Identity = { base: { accessKeyId: "AKIA" }, serial: "G", endpoint: "aws" };
  const assumed = [{ role_arn: "R" }, { role_arn: "B" }];
  const role = { arn: "R", assumed, sources: ["u"] };

  it.each<[name: string, marks: Partial<StoredSession>, key: string | undefined]>([
    ["the gem's: it does not tell", {}, undefined],
    ["the user's", { identity }, sessionKey(identity, [])],
    ["a role's", { identity, role }, sessionKey(identity, assumed)],
    ["another profile's", { identity, profile: "x" }, sessionKey(identity, [])],
    [
      "that of other sources",
      { identity, role: { ...role, arn: "x", sources: [] } },
      sessionKey(identity, assumed),
    ],
  ])("%s", (_name, marks, key) => {
    const session: StoredSession = {
      accessKeyId: "ASIA",
      secretAccessKey: "s",
      sessionToken: "t",
      expiration: now,
      issued: undefined,
      identity: undefined,
      profile: undefined,
      role: undefined,
      replaced: [],
      ...marks,
    };
    expect(storedKey(session)).toBe(key);
  });
});
