import { describe, expect, it } from "vitest";
import type { Profile } from "../../../src/core/aws-files/profile.ts";
import { roleFault } from "../../../src/core/request/role-fault.ts";
import { roleParameters } from "../../../src/core/request/role-parameters.ts";

const arn = "arn:aws:iam::123456789012:role/R";
const bell = "\u0007";

/** Why a role profile with these settings is refused; undefined where it is not. */
function faultOf(settings: Record<string, string>, chosen?: string, name = "r") {
  const all: Record<string, string> = { role_arn: arn, ...settings };
  const profile: Profile = { name, setting: (key) => all[key], keys: { kind: "none" } };
  return roleFault(profile, roleParameters(profile, { chosen, fallback: "phone" }));
}

describe("what AWS takes", () => {
  it.each<[setting: string, values: string[]]>([
    ["role_arn", [arn, "arn:aws-us-gov:iam::123456789012:role/team/R", `${arn}+=,.@-_`]],
    ["role_arn", [`arn:aws:iam::123456789012:role/${"x".repeat(2017)}`, `${arn}é`]],
    ["role_session_name", ["", "ab", "a".repeat(64), "A0_+=,.@-"]],
    ["external_id", ["", "ab", "a".repeat(1224), "A0_+=,.@:/-"]],
    ["duration_seconds", ["", "900", "3600", "3601", "43200", "00900"]],
    ["source_identity", ["", "ab", "a".repeat(64), "A0_+=,.@-"]],
    ["session_tags", ["", "a=", "a=b", "é 1_.:/=+-@=ü 2_.:/=+-@", "a=b,c=d", "日本=語"]],
    ["session_tags", [`${"k".repeat(128)}=${"v".repeat(256)}`]],
    ["transitive_session_tags", ["", "a", "a,b", "é 1_.:/=+-@", "k".repeat(128)]],
  ])("as %s: %j", (setting, values) => {
    for (const value of values) expect(faultOf({ [setting]: value })).toBeUndefined();
  });
});

describe("what AWS does not take", () => {
  it.each<[setting: string, values: string[]]>([
    ["role_arn", ["", "R", "role/R", `${arn} `, ` ${arn}`, `x${arn}`, `${arn}\n`, `${arn} x`]],
    ["role_arn", ["arn:aws:iam::123456789012:role/", "arn:aws:iam::123456789012:user/R"]],
    ["role_arn", ["arn:aws:iam::12345678901:role/R", "arn:aws:iam::1234567890123:role/R"]],
    [
      "role_arn",
      ["arn:aws:sts::123456789012:assumed-role/R/me", "arn:aws:iam:eu-west-1:123456789012:role/R"],
    ],
    ["role_arn", ["arn:aws:sts::123456789012:role/R", "arn::iam::123456789012:role/R"]],
    ["role_arn", [`arn:aws:iam::123456789012:role/${"x".repeat(2018)}`]],
    [
      "role_session_name",
      ["a", "a".repeat(65), "a b", "a/b", "a:b", "é1", `a${bell}`, "ab\n", " "],
    ],
    ["external_id", ["a", "a".repeat(1225), "a b", "a*b", "é1", `a${bell}`, "ab\n", " "]],
    ["duration_seconds", ["899", "43201", "0", "-900", "1h", "900.0", "9e2", "9000000000", " "]],
    ["source_identity", ["a", "a".repeat(65), "a b", "a/b", "é1", `a${bell}`, "ab\n", " "]],
    ["session_tags", ["a", "=b", "a=b,", ",a=b", "a*=b", "a=b*", `a${bell}=b`, `a=b${bell}`]],
    ["session_tags", [`${"k".repeat(129)}=v`, `k=${"v".repeat(257)}`, "a=b;c=d*", "a=b,c"]],
    ["transitive_session_tags", ["a,", ",a", "a*", "k".repeat(129), `a${bell}`, "a,,b"]],
  ])("as %s: %j", (setting, values) => {
    for (const value of values) {
      const fault = faultOf({ [setting]: value });
      // Some take an external id for a secret.
      const shown = setting === "external_id" ? "…" : value.replace(/[\u0007\n]/g, "?");
      expect(fault, value).toMatchObject({ code: "InvalidRoleSetting", exitCode: 253 });
      expect(fault?.message).toContain(`${setting} of profile r is "${shown}"; it takes `);
      expect(fault?.message).toMatch(/\.$/);
      expect(fault?.message).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    }
  });
});

describe("where a fault is", () => {
  // prettier-ignore
  it.each<[settings: Record<string, string>, chosen: string | undefined, where: string]>([
    [{ role_session_name: "a" }, undefined, "role_session_name of profile r"],
    [{ role_session_name: "ok" }, "a", "AWS_ROLE_SESSION_NAME"],
    [{}, "a", "AWS_ROLE_SESSION_NAME"],
    [{ role_session_name: "a" }, "b", "AWS_ROLE_SESSION_NAME"],
    [{ role_arn: "x", role_session_name: "a" }, undefined, "role_arn of profile r"],
    [{ role_session_name: "a", external_id: "a" }, undefined, "role_session_name of profile r"],
    [{ external_id: "a", duration_seconds: "1" }, undefined, "external_id of profile r"],
    [{ duration_seconds: "1", source_identity: "a" }, undefined, "duration_seconds of profile r"],
    [{ source_identity: "a", session_tags: "a" }, undefined, "source_identity of profile r"],
    [{ session_tags: "a", transitive_session_tags: "," }, undefined, "session_tags of profile r"],
  ])("%j, AWS_ROLE_SESSION_NAME=%s: %s", (settings, chosen, where) => {
    expect(faultOf(settings, chosen)?.message).toMatch(new RegExp(`^${where} is "`));
  });

  it.each([
    ["", 'external_id of profile "" is '],
    ["a\u001b[2Jb", "external_id of profile a?[2Jb is "],
  ])("the profile %j is named", (name, where) => {
    expect(faultOf({ external_id: "a" }, undefined, name)?.message).toContain(where);
  });

  it("a good variable makes a bad setting harmless", () => {
    expect(faultOf({ role_session_name: "a" }, "me")).toBeUndefined();
  });
});
