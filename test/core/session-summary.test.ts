import { describe, expect, it } from "vitest";
import type { Identity } from "../../src/core/identity.ts";
import {
  bySummaryOrder,
  summarizeSession,
  type SessionSummary,
} from "../../src/core/session-summary.ts";
import type { StoredSession } from "../../src/core/session.ts";

const now = new Date("2030-01-01T12:00:00Z");
const inSeconds = (seconds: number): Date => new Date(now.getTime() + seconds * 1000);

const identity: Identity = {
  base: { accessKeyId: "AKIAIOSFODNN7EXAMPLE" },
  serial: "arn:aws:iam::123456789012:mfa/phone",
  endpoint: "aws",
};

type File = StoredSession & { name: string; modified: Date };

function summary(changes: Partial<File> = {}, activeFile?: string): SessionSummary {
  const file: File = {
    name: "dev",
    modified: inSeconds(-3600),
    accessKeyId: "ASIAEXAMPLE",
    secretAccessKey: "secret",
    sessionToken: "token",
    expiration: inSeconds(3600),
    issued: inSeconds(-3600),
    identity,
    profile: "dev",
    replaced: [],
    ...changes,
  };
  return summarizeSession(file, { now, minimumSeconds: 300, activeFile });
}

it("tells everything but the secrets", () => {
  expect(summary({}, "dev")).toEqual({
    fileName: "dev",
    profile: "dev",
    kind: "mfa",
    device: "phone",
    serial: "arn:aws:iam::123456789012:mfa/phone",
    account: "123456789012",
    key: "MPLE",
    issued: inSeconds(-3600),
    expiration: inSeconds(3600),
    secondsLeft: 3600,
    fractionLeft: 0.5,
    usable: true,
    active: true,
  });
});

describe("the time left", () => {
  it.each<[left: number, age: number, seconds: number, fraction: number, usable: boolean]>([
    [43_200, 0, 43_200, 1, true],
    [10_800, 32_400, 10_800, 0.25, true],
    [301, 899, 301, 301 / 1200, true],
    [300, 900, 300, 0.25, false],
    [0.5, 0.5, 0, 0.5, false],
    [0, 3600, 0, 0, false],
    [-1, 3600, 0, 0, false],
    [-9e6, 3600, 0, 0, false],
    // Issued in the future, or after its end: the clock was set back.
    [3600, -60, 3600, 1, true],
    [3600, -7200, 3600, 1, true],
    [-60, -120, 0, 0, false],
  ])("of a session with %d s left, %d s old: %d s, %d, usable: %s", (left, age, ...expected) => {
    const told = summary({ expiration: inSeconds(left), issued: inSeconds(-age) });
    expect([told.secondsLeft, told.fractionLeft, told.usable]).toEqual(expected);
  });
});

describe("what is not known is left open", () => {
  it.each<[what: string, changes: Partial<File>, told: Partial<SessionSummary>]>([
    [
      "in a file of the Ruby gem",
      { identity: undefined, issued: undefined, profile: undefined, modified: inSeconds(-1200) },
      {
        profile: "dev",
        device: undefined,
        serial: undefined,
        account: undefined,
        key: undefined,
        issued: undefined,
        fractionLeft: 0.75,
      },
    ],
    [
      "of environment keys",
      { name: "%%keys-AKIAIOSFODNN7EXAMPLE", profile: undefined },
      { profile: undefined, key: "MPLE" },
    ],
    [
      "of a credential_process",
      { identity: { ...identity, base: { process: "cat keys" } } },
      { key: undefined, device: "phone" },
    ],
    [
      "of a hardware device",
      { identity: { ...identity, serial: "GAHT12345678" } },
      { device: "GAHT12345678", account: undefined },
    ],
    ["of a profile without a name", { name: "%nameless", profile: "" }, { profile: "" }],
    [
      "of a long name in a file without it",
      { name: "%profile-0a1b", profile: undefined },
      { profile: undefined },
    ],
    ["of another file", { name: "prod" }, { active: false }],
  ])("%s", (_what, changes, told) => {
    expect(summary(changes, "dev")).toMatchObject(told);
  });
});

it("profiles come by name, numbers by their value, the rest last", () => {
  const names = ["team-10", undefined, "Zoe", "team-2", "ärger", "alice"];
  const named = (profile: string | undefined): SessionSummary =>
    Object.assign(summary(), { profile });
  const sorted = names.map(named).sort(bySummaryOrder);
  expect(sorted.map(({ profile }) => profile)).toEqual([
    "alice",
    "ärger",
    "team-2",
    "team-10",
    "Zoe",
    undefined,
  ]);
});
