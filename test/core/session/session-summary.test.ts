import { describe, expect, it } from "vitest";
import type { Identity } from "../../../src/core/request/identity.ts";
import {
  bySummaryOrder,
  summarizeSessions,
  type SessionSummary,
} from "../../../src/core/session/session-summary.ts";
import type { StoredSession } from "../../../src/core/session/session.ts";
import type { StoredRole } from "../../../src/core/session/stored-role.ts";
import { storedSession } from "../../support/samples.ts";

const now = new Date("2030-01-01T12:00:00Z");
const inSeconds = (seconds: number): Date => new Date(now.getTime() + seconds * 1000);

const identity: Identity = {
  base: { accessKeyId: "AKIAIOSFODNN7EXAMPLE" },
  serial: "arn:aws:iam::123456789012:mfa/phone",
  endpoint: "aws",
};

type File = StoredSession & { name: string; modified: Date };

function fileOf(changes: Partial<File> = {}): File {
  return {
    ...storedSession({ identity, profile: "dev" }),
    name: "dev",
    modified: inSeconds(-3600),
    expiration: inSeconds(3600),
    issued: inSeconds(-3600),
    ...changes,
  };
}

function summary(changes: Partial<File> = {}, activeFile?: string): SessionSummary {
  return summarizeSessions([fileOf(changes)], { now, minimumSeconds: 300, activeFile })[0]!;
}

/** Roles in other accounts, the asked-for one first, and the profiles that they hang on. */
function roleOf(
  [asked, ...before]: readonly [string, ...string[]],
  sources: readonly string[],
): StoredRole {
  const named = (name: string) => ({ role_arn: `arn:aws:iam::210987654321:role/${name}` });
  return { assumed: [named(asked), ...before.map(named)], sources };
}

it("tells everything but the secrets", () => {
  expect(summary({}, "dev")).toEqual({
    fileName: "dev",
    profile: "dev",
    kind: "mfa",
    role: undefined,
    source: undefined,
    parent: undefined,
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
    [
      "of a role whose source is not stored",
      { role: roleOf(["admin"], ["dev"]) },
      {
        kind: "role",
        role: "arn:aws:iam::210987654321:role/admin",
        account: "210987654321",
        device: "phone",
        source: "dev",
        parent: undefined,
      },
    ],
    [
      "of a role that has taken the code itself",
      { role: roleOf(["admin"], []) },
      { kind: "role", source: undefined, parent: undefined },
    ],
    [
      "of a role and a device without an account",
      { role: roleOf(["admin"], []), identity: { ...identity, serial: "GAHT12345678" } },
      { account: "210987654321", serial: "GAHT12345678" },
    ],
  ])("%s", (_what, changes, told) => {
    expect(summary(changes, "dev")).toMatchObject(told);
  });
});

describe("a role hangs on", () => {
  const otherKeys = { ...identity, base: { accessKeyId: "AKIAOTHER" } };
  const admin = roleOf(["admin"], ["dev"]);
  const vault = roleOf(["vault", "deploy"], ["deploy", "dev"]);

  /** The role's file comes first; the file whose session it hangs on. */
  it.each<[what: string, role: StoredRole, files: Partial<File>[], parent: string | undefined]>([
    ["its source", admin, [{ name: "dev" }], "dev"],
    ["an expired source", admin, [{ name: "dev", expiration: inSeconds(-60) }], "dev"],
    ["nothing", admin, [], undefined],
    ["not on other keys", admin, [{ name: "dev", identity: otherKeys }], undefined],
    ["not on a file of the gem", admin, [{ name: "dev", identity: undefined }], undefined],
    [
      "a copy under another name",
      admin,
      [
        { name: "b", profile: "b" },
        { name: "c", profile: "c" },
      ],
      "b",
    ],
    [
      "its source rather than a copy",
      admin,
      [{ name: "b", profile: "b" }, { name: "dev" }, { name: "z", profile: "z" }],
      "dev",
    ],
    [
      "the role before it",
      vault,
      [{ name: "dev" }, { name: "%%role-deploy-1", role: roleOf(["deploy"], ["dev"]) }],
      "%%role-deploy-1",
    ],
    ["not on what that hangs on", vault, [{ name: "dev" }], undefined],
    [
      "not on the same role of other parameters",
      vault,
      [{ name: "%%role-deploy-2", role: roleOf(["deployer"], ["dev"]) }],
      undefined,
    ],
    ["nothing where it has taken the code", roleOf(["admin"], []), [{ name: "dev" }], undefined],
  ])("%s", (_what, role, files, parent) => {
    const all = [fileOf({ name: "own", profile: "own", role }), ...files.map(fileOf)];
    const told = summarizeSessions(all, { now, minimumSeconds: 300, activeFile: undefined });
    expect(told[0]!.parent).toBe(parent);
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
