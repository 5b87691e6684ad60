import { describe, expect, it } from "vitest";
import { sessionKey, type Identity } from "../../../src/core/request/identity.ts";
import {
  isUsable,
  obtainedAt,
  replacedBy,
  storedKey,
  type StoredSession,
} from "../../../src/core/session/session.ts";
import type { StoredRole } from "../../../src/core/session/stored-role.ts";
import { storedSession } from "../../support/samples.ts";

const now = new Date("2030-01-01T12:00:00Z");
const inSeconds = (seconds: number): Date => new Date(now.getTime() + seconds * 1000);

describe("when a session was obtained", () => {
  it.each<[issued: number | undefined, modified: number, obtained: number, why: string]>([
    [undefined, 7.25, 7.25, "by the file, where it does not say"],
    [7, 7, 7, "to the second"],
    [7, 7.25, 7.25, "its part of the second is the file's"],
    [7, 7.999, 7.999, "up to the next one"],
    [7, 8, 7, "the file was written again since"],
    [7, 6.999, 7, "the clock was set meanwhile"],
  ])("issued %j, file of %j: %j, %s", (issued, modified, obtained) => {
    const session = storedSession({ issued: issued === undefined ? undefined : inSeconds(issued) });
    const found = { ...session, modified: inSeconds(modified) };
    expect(obtainedAt(found)).toEqual(inSeconds(obtained));
  });
});

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
    const session = storedSession({ expiration: inSeconds(remaining) });
    expect(isUsable(session, inSeconds(-age), now, least)).toBe(usable);
  });
});

describe("a session that takes the place of another", () => {
  const hour = 3600;
  const ended = (accessKeyId: string, secondsAgo = 0) => ({
    accessKeyId,
    expiration: inSeconds(-secondsAgo),
  });
  const session = (accessKeyId: string, more?: Partial<StoredSession>): StoredSession =>
    storedSession({ expiration: now, accessKeyId, ...more });
  const many = (count: number, secondsAgo?: number) =>
    Array.from({ length: count }, (_, index) => ended(`ASIA${index}`, secondsAgo));
  const old = (replaced: StoredSession["replaced"]) => session("ASIAOLD", { replaced });

  it.each<[name: string, present: StoredSession | undefined, remembered: string[]]>([
    ["in an empty store", undefined, []],
    ["remembers it", old([]), ["ASIAOLD"]],
    ["and those that it remembers", old([ended("B"), ended("A")]), ["ASIAOLD", "B", "A"]],
    ["but never itself", session("ASIANEW", { replaced: [ended("ASIANEW"), ended("A")] }), ["A"]],
  ])("%s", (_name, present, remembered) => {
    const replaced = replacedBy(session("ASIANEW"), present, now);
    expect(replaced.map(({ accessKeyId }) => accessKeyId)).toEqual(remembered);
  });

  it.each<[of: string, replaced: StoredSession["replaced"], remembered: number]>([
    ["old ones: twelve, with the present one", many(20, 48 * hour), 12],
    ["a day old: all", many(20, 24 * hour), 21],
    ["a second older: twelve", many(20, 24 * hour + 1), 12],
    ["just over: all", many(20), 21],
    ["not over yet: all", many(20, -hour), 21],
    ["either kind: all of the newer ones", [...many(15), ...many(15, 48 * hour)], 16],
    ["either kind: twelve at least", [...many(5), ...many(15, 48 * hour)], 12],
    ["a newer one behind old ones", [...many(15, 48 * hour), ended("A")], 13],
  ])("%s", (_of, replaced, remembered) => {
    expect(replacedBy(session("ASIANEW"), old(replaced), now)).toHaveLength(remembered);
  });

  it.each([
    [30, 29],
    [31, 29],
    [100, 29],
  ])("of %d sessions of a role, 50 minutes each, those of a day: %d", (count, remembered) => {
    let present: StoredSession | undefined;
    for (let index = 0; index < count; index += 1) {
      const moment = inSeconds(index * 50 * 60);
      const next = session(`ASIA${index}`, { expiration: inSeconds((index + 1) * 50 * 60) });
      present = { ...next, replaced: replacedBy(next, present, moment) };
    }
    const newest = Array.from({ length: remembered }, (_, index) => `ASIA${count - 2 - index}`);
    expect(present?.replaced.map(({ accessKeyId }) => accessKeyId)).toEqual(newest);
  });
});

describe("whose a stored session is", () => {
  const identity: Identity = { base: { accessKeyId: "AKIA" }, serial: "G", endpoint: "aws" };
  const assumed = [{ role_arn: "R" }, { role_arn: "B" }] as const;
  const role: StoredRole = { assumed, sources: ["u"] };

  it.each<[name: string, marks: Partial<StoredSession>, key: string | undefined]>([
    ["the gem's: it does not tell", {}, undefined],
    ["the user's", { identity }, sessionKey(identity, [])],
    ["a role's", { identity, role }, sessionKey(identity, assumed)],
    ["another profile's", { identity, profile: "x" }, sessionKey(identity, [])],
    [
      "of other sources",
      { identity, role: { ...role, sources: [] } },
      sessionKey(identity, assumed),
    ],
  ])("%s", (_name, marks, key) => {
    expect(storedKey(storedSession(marks))).toBe(key);
  });
});
