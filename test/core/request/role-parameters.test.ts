import { describe, expect, it } from "vitest";
import type { Profile } from "../../../src/core/aws-files/profile.ts";
import {
  assumedRole,
  roleParameters,
  sessionNameOf,
  type RoleParameters,
} from "../../../src/core/request/role-parameters.ts";
import { plainRole } from "../../support/samples.ts";

function profile(settings: Record<string, string>): Profile {
  return { name: "r", setting: (key) => settings[key], keys: { kind: "none" } };
}

describe("what a role profile asks for", () => {
  // prettier-ignore
  it.each<[settings: Record<string, string>, asked: Partial<RoleParameters>, why?: string]>([
    [{}, {}],
    [{ role_arn: "B" }, { arn: "B" }],
    [{ role_arn: "" }, { arn: "" }],
    [{ role_session_name: "me" }, { sessionName: "me" }],
    [{ role_session_name: "" }, {}, "an empty setting says nothing"],
    [{ external_id: "x1" }, { externalId: "x1" }],
    [{ external_id: "" }, {}],
    [{ external_id: " x" }, { externalId: " x" }, "as it stands"],
    [{ duration_seconds: "900" }, { seconds: 900 }],
    [{ duration_seconds: "000900" }, { seconds: 900 }],
    [{ duration_seconds: "+900" }, { seconds: 900 }, "as Python reads it"],
    [{ duration_seconds: "0" }, { seconds: 0 }],
    [{ duration_seconds: "999999999" }, { seconds: 999_999_999 }],
    [{ duration_seconds: "" }, {}],
    ...["x", "1h", "-1", "++1", "+", "+-1", "1.5", "1e3", "0x10", " 900", "900\n", "9000000000", "٩٠٠", "NaN", "Infinity"].map(
      (text): [Record<string, string>, Partial<RoleParameters>] => [{ duration_seconds: text }, { seconds: Number.NaN }],
    ),
    [{ source_identity: "Alice" }, { sourceIdentity: "Alice" }],
    [{ source_identity: "" }, {}],
    [{ session_tags: "team=red" }, { tags: [["team", "red"]] }],
    [{ session_tags: "b=1,a=2,b=3" }, { tags: [["b", "1"], ["a", "2"], ["b", "3"]] }, "as AWS is asked, which refuses the second b"],
    [{ session_tags: " team = dark red , x = " }, { tags: [["team", "dark red"], ["x", ""]] }],
    [{ session_tags: "a=b=c" }, { tags: [["a", "b=c"]] }],
    [{ session_tags: "team" }, { tags: [["", "team"]] }, "no key, which is refused"],
    [{ session_tags: "=red" }, { tags: [["", "red"]] }],
    [{ session_tags: "a=1," }, { tags: [["a", "1"], ["", ""]] }],
    [{ session_tags: "," }, { tags: [["", ""], ["", ""]] }],
    [{ session_tags: "" }, {}],
    [{ transitive_session_tags: "b, a ,b" }, { transitiveTagKeys: ["b", "a", "b"] }],
    [{ transitive_session_tags: "a," }, { transitiveTagKeys: ["a", ""] }],
    [{ transitive_session_tags: "" }, {}],
    [{ mfa_serial: "x", region: "y", source_profile: "z" }, {}, "none of its business"],
  ])("%j", (settings, asked) => {
    const names = { chosen: undefined, fallback: "phone" };
    const parameters = roleParameters(profile({ role_arn: plainRole.arn, ...settings }), names);
    expect(parameters).toEqual({ ...plainRole, ...asked });
  });

  it.each<[chosen: string | undefined, inFile: string, name: string]>([
    [undefined, "", "phone"],
    [undefined, "file", "file"],
    ["chosen", "", "chosen"],
    ["chosen", "file", "chosen"],
  ])("named %s by a variable and %j by the file: %s", (chosen, inFile, name) => {
    const role = profile({ role_session_name: inFile });
    expect(roleParameters(role, { chosen, fallback: "phone" }).sessionName).toBe(name);
  });
});

describe("the name that a device gives to a session", () => {
  it.each<[serial: string, name: string]>([
    ["arn:aws:iam::123456789012:mfa/alice", "alice"],
    ["arn:aws:iam::123456789012:mfa/team/alice", "alice"],
    ["arn:aws:iam::123456789012:mfa/alice@example.com", "alice@example.com"],
    ["arn:aws:iam::123456789012:mfa/a+b=c,d.e-f_g", "a+b=c,d.e-f_g"],
    ["arn:aws:iam::123456789012:mfa/Alice:1", "Alice-1"],
    ["arn:aws:iam::123456789012:mfa/a b*c", "a-b-c"],
    ["arn:aws:iam::123456789012:mfa/älïce", "-l-ce"],
    ["arn:aws:iam::123456789012:mfa/a\u001b\n", "a--"],
    ["arn:aws:iam::123456789012:mfa/a", "user-a"],
    ["arn:aws:iam::123456789012:mfa/ab", "ab"],
    ["arn:aws:iam::123456789012:mfa/", "user-"],
    [`arn:aws:iam::123456789012:mfa/${"a".repeat(64)}b`, "a".repeat(64)],
    ["arn:aws:iam::123456789012:mfa", "arn-aws-iam--123456789012-mfa"],
    ["GAHT12345678", "GAHT12345678"],
    ["", "user-"],
  ])("%j: %s", (serial, name) => {
    expect(sessionNameOf(serial)).toBe(name);
    expect(name).toMatch(/^[A-Za-z0-9_+=,.@-]{2,64}$/);
  });
});

describe("what is written of it", () => {
  it("everything, under the names of the settings", () => {
    const all: RoleParameters = {
      arn: "R",
      sessionName: "me",
      externalId: "x1",
      seconds: 900,
      sourceIdentity: "Alice",
      tags: [["team", "red"]],
      transitiveTagKeys: ["team"],
    };
    expect(JSON.parse(JSON.stringify(assumedRole(all)))).toEqual({
      role_arn: "R",
      role_session_name: "me",
      external_id: "x1",
      duration_seconds: 900,
      source_identity: "Alice",
      session_tags: [["team", "red"]],
      transitive_session_tags: ["team"],
    });
  });

  it("nothing that nobody said", () => {
    expect(JSON.parse(JSON.stringify(assumedRole(plainRole)))).toEqual({
      role_arn: plainRole.arn,
      role_session_name: "phone",
      duration_seconds: 3600,
    });
  });
});
