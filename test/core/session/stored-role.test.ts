import { describe, expect, it } from "vitest";
import { formatRole, parseRole, type StoredRole } from "../../../src/core/session/stored-role.ts";

const arn = "arn:aws:iam::123456789012:role/R";
const first = { role_arn: arn, role_session_name: "me", duration_seconds: 900 };

describe("the role of a session file", () => {
  it.each<[name: string, role: StoredRole]>([
    ["of the user's session", { assumed: [first], sources: ["u"] }],
    ["with the code in it", { assumed: [first], sources: [] }],
    ["of a chain", { assumed: [first, { role_arn: "B" }], sources: ["b", "u"] }],
    ["of profiles with odd names", { assumed: [first], sources: ["", "../x", '"', "é"] }],
    ["with tags", { assumed: [{ ...first, session_tags: [["a", "b"]] }], sources: [] }],
    ["of a role that is none", { assumed: [{ role_arn: "" }], sources: [] }],
  ])("%s comes back as it was", (_name, role) => {
    expect(parseRole(JSON.parse(JSON.stringify(formatRole(role))))).toEqual(role);
  });

  it("is what was asked for, and the profiles that it hangs on", () => {
    expect(formatRole({ assumed: [first], sources: ["b", "u"] })).toEqual({
      assumed: [first],
      source_profiles: ["b", "u"],
    });
  });

  it.each<[name: string, value: object]>([
    ["nothing", {}],
    ["a list", [first]],
    ["no list of roles", { source_profiles: [] }],
    ["no role in it", { assumed: [], source_profiles: [] }],
    ["a role that is a text", { assumed: [arn], source_profiles: [] }],
    ["a role that is null", { assumed: [null], source_profiles: [] }],
    ["a role without an ARN", { assumed: [{}], source_profiles: [] }],
    ["a number for an ARN", { assumed: [{ role_arn: 1 }], source_profiles: [] }],
    ["null for an ARN", { assumed: [{ role_arn: null }], source_profiles: [] }],
    ["an ARN in the second role alone", { assumed: [{}, first], source_profiles: [] }],
    ["a role instead of a list", { assumed: first, source_profiles: [] }],
    ["a text instead of a list", { assumed: arn, source_profiles: [] }],
    ["a role nested too deep", { assumed: [{ ...first, x: [[["a"]]] }], source_profiles: [] }],
    ["an object in a role", { assumed: [{ ...first, x: {} }], source_profiles: [] }],
    ["an object in a list of it", { assumed: [{ ...first, x: [{}] }], source_profiles: [] }],
    ["no list of profiles", { assumed: [first] }],
    ["a text for profiles", { assumed: [first], source_profiles: "u" }],
    ["null for profiles", { assumed: [first], source_profiles: null }],
    ["a number among profiles", { assumed: [first], source_profiles: ["u", 1] }],
    ["null among profiles", { assumed: [first], source_profiles: [null] }],
  ])("%s is none", (_name, value) => {
    expect(parseRole(value)).toBeUndefined();
  });
});
