import { describe, expect, it } from "vitest";
import { formatSessionFile, parseSessionFile } from "../../../src/core/session/session-file.ts";
import { formatTime } from "../../../src/core/time.ts";
import type { StoredSession } from "../../../src/core/session/session.ts";
import type { StoredRole } from "../../../src/core/session/stored-role.ts";
import { storedSession } from "../../support/samples.ts";

const gem = {
  access_key_id: "ASIAGEM",
  secret_access_key: "secret/of+gem==",
  session_token: "token/of+gem==",
  expiration: "2019-11-10T05:51:14Z",
};
const session = storedSession({
  accessKeyId: "ASIAGEM",
  secretAccessKey: "secret/of+gem==",
  sessionToken: "token/of+gem==",
  expiration: new Date("2019-11-10T05:51:14Z"),
});
const issued = new Date("2019-11-09T17:51:14Z");
const serial = "arn:aws:iam::123456789012:mfa/phone";
const identity = { base: { accessKeyId: "AKIA" }, serial, endpoint: "aws" };
const arn = "arn:aws:iam::123456789012:role/R";
const first = { role_arn: arn, role_session_name: "me", duration_seconds: 900 };
const role: StoredRole = { assumed: [first], sources: ["u"] };

describe("a session file", () => {
  // prettier-ignore
  it.each<[string, StoredSession]>([
    ["of the gem's kind", session],
    ["of a profile", { ...session, issued, profile: "dev", identity: { base: { accessKeyId: "AKIA" }, serial, endpoint: "aws" } }],
    ["of environment keys", { ...session, issued, identity: { base: { accessKeyId: "AKIA" }, serial: "GAHT12345678", endpoint: "http://x" } }],
    ["of a process", { ...session, issued, profile: "dev", identity: { base: { process: 'vault "a b" \\ é' }, serial, endpoint: "aws" } }],
    ["of a profile with a hostile name", { ...session, issued, profile: '../"\\\n\u0000\u2028é', identity: undefined }],
    ["of a profile without a name", { ...session, profile: "" }],
    ["of a role", { ...session, issued, profile: "r", identity, role }],
    ["of a role with the code in it", { ...session, issued, profile: "r", identity, role: { ...role, sources: [] } }],
    ["of a chain", { ...session, issued, profile: "r", identity, role: { ...role, assumed: [first, { role_arn: "B", session_tags: [["team", 'é "red"\n']] }], sources: ["b", "u"] } }],
    ["that took the place of others", { ...session, replaced: [{ accessKeyId: "ASIAOLD", expiration: issued }, { accessKeyId: "ASIAOLDER", expiration: new Date(0) }] }],
  ])("%s comes back as it was", (_name, stored) => {
    expect(parseSessionFile(formatSessionFile(stored))).toEqual(stored);
  });

  it.each([
    ["no list", {}, []],
    [
      "a broken entry",
      [
        "ASIAOLD",
        { access_key_id: "ASIAOLD" },
        { access_key_id: "ASIAOK", expiration: gem.expiration },
      ],
      ["ASIAOK"],
    ],
  ])("%s of replaced sessions loses no session", (_name, replaced, known) => {
    const parsed = parseSessionFile(JSON.stringify({ ...gem, replaced }));
    expect(parsed?.accessKeyId).toBe("ASIAGEM");
    expect(parsed?.replaced.map(({ accessKeyId }) => accessKeyId)).toEqual(known);
  });

  it("is what the gem reads: its four keys first, a line each, with an ISO 8601 time", () => {
    const lines = formatSessionFile(session).split("\n");
    expect(lines).toEqual([
      "{",
      '  "access_key_id": "ASIAGEM",',
      '  "secret_access_key": "secret/of+gem==",',
      '  "session_token": "token/of+gem==",',
      '  "expiration": "2019-11-10T05:51:14Z"',
      "}",
      "",
    ]);
  });

  it("tells of a role what was asked for, and no more than that", () => {
    const file: unknown = JSON.parse(formatSessionFile({ ...session, identity, role }));
    expect(file).toEqual({
      ...gem,
      identity: { access_key_id: "AKIA", serial, endpoint: "aws" },
      role: { assumed: [first], source_profiles: ["u"] },
    });
  });

  it("holds no fraction of a second, which old Pythons cannot read", () => {
    expect(formatTime(new Date("2030-01-02T03:04:05.678Z"))).toBe("2030-01-02T03:04:05Z");
    expect(formatTime(new Date("2030-01-02T03:04:05.999+02:00"))).toBe("2030-01-02T01:04:05Z");
  });
});

describe("the time in a session file", () => {
  it.each<[text: string, time: string, why?: string]>([
    ["2019-11-10T05:51:14Z", "2019-11-10T05:51:14.000Z", "the gem, AWS CLI v1"],
    ["2019-11-10T05:51:14+00:00", "2019-11-10T05:51:14.000Z", "AWS CLI v2"],
    ["2019-11-10 05:51:14 UTC", "2019-11-10T05:51:14.000Z", "Ruby's Time#to_s"],
    ["2019-11-10 06:51:14 +0100", "2019-11-10T05:51:14.000Z", "Ruby's Time#to_s elsewhere"],
    ["2019-11-10 05:51:14+00:00", "2019-11-10T05:51:14.000Z", "Python's str(datetime)"],
    ["2019-11-10T05:51:14.123Z", "2019-11-10T05:51:14.123Z"],
    ["2019-11-10T05:51:14.123456+00:00", "2019-11-10T05:51:14.123Z"],
    ["2019-11-10T05:51:14.123456789Z", "2019-11-10T05:51:14.123Z"],
    ["2019-11-10T07:51:14+02:00", "2019-11-10T05:51:14.000Z"],
    ["2019-11-09T21:51:14-08:00", "2019-11-10T05:51:14.000Z"],
    ["2019-11-10T11:21:14+0530", "2019-11-10T05:51:14.000Z"],
    ["9999-12-31T23:59:59Z", "9999-12-31T23:59:59.000Z"],
  ])("%s", (text, time) => {
    const parsed = parseSessionFile(JSON.stringify({ ...gem, expiration: text }));
    expect(parsed?.expiration.toISOString()).toBe(time);
  });

  it.each<[value: unknown, why?: string]>([
    [""],
    ["never"],
    ["2019-11-10", "a day is no moment"],
    ["2019-11-10T05:51Z"],
    ["2019-11-10T05:51:14", "without a zone it would mean another moment in every place"],
    ["2019-11-10 05:51:14"],
    ["2019-11-10T05:51:14 CET"],
    ["2019-13-10T05:51:14Z"],
    ["2019-11-32T05:51:14Z"],
    ["2019-11-10T25:51:14Z"],
    ["2019-11-10T05:61:14Z"],
    ["2019-11-10T05:51:14+99:99"],
    ["2019-11-10T05:51:14.Z"],
    ["2019-11-10T05:51:14Z\n"],
    ["\n2019-11-10T05:51:14Z"],
    [" 2019-11-10T05:51:14Z"],
    ["2019-11-10T05:51:14Zjunk"],
    ["12019-11-10T05:51:14Z"],
    ["Sun, 10 Nov 2019 05:51:14 GMT"],
    ["1573365074"],
    [1_573_365_074],
    [1_573_365_074_000],
    [null],
    [true],
    [["2019-11-10T05:51:14Z"]],
    [{}],
    [undefined, "missing"],
  ])("%j makes the file none", (expiration) => {
    expect(parseSessionFile(JSON.stringify({ ...gem, expiration }))).toBeUndefined();
  });
});

it("a role of nobody is no session, though one of the gem's has no identity either", () => {
  const stored = { assumed: [first], source_profiles: [] };
  expect(parseSessionFile(JSON.stringify({ ...gem, role: stored }))).toBeUndefined();
});

describe("a file that holds no session", () => {
  const text = JSON.stringify(gem);
  const base = { access_key_id: "AKIA", serial, endpoint: "aws" };

  // prettier-ignore
  it.each<[name: string, text: string]>([
    ["empty", ""],
    ["white space", " \n\t"],
    ["cut short", text.slice(0, -1)],
    ["cut in the middle", text.slice(0, 40)],
    ["twice over", text + text],
    ["with junk behind it", `${text}x`],
    ["with a byte order mark", `\ufeff${text}`],
    ["zeros", "\0".repeat(4096)],
    ["binary", "\u0001\ufffd\u007fELF"],
    ["a number", "42"],
    ["a string", '"ASIAGEM"'],
    ["null", "null"],
    ["true", "true"],
    ["a list", "[]"],
    ["a list of sessions", `[${text}]`],
    ["an empty object", "{}"],
    ["a session inside another object", JSON.stringify({ Credentials: gem })],
    ["an INI file", "[default]\naws_access_key_id = AKIA\n"],
    ["YAML", "access_key_id: ASIAGEM\n"],
    ["single quotes", text.replaceAll('"', "'")],
    ["a comment", `// session\n${text}`],
    ["a trailing comma", text.replace("}", ",}")],
    ["AWS's own spelling", JSON.stringify({ AccessKeyId: "A", SecretAccessKey: "s", SessionToken: "t", Expiration: gem.expiration })],
    ["keys on the prototype only", JSON.stringify({ constructor: gem, prototype: gem }).replace("{", '{"__proto__":{},')],
    ["inherited keys", `{"__proto__":${text}}`],
    ["very deep", "[".repeat(100_000)],
    ["huge", JSON.stringify({ ...gem, session_token: "x".repeat(2_000_000) })],
    ["no access key id", JSON.stringify({ ...gem, access_key_id: undefined })],
    ["no secret", JSON.stringify({ ...gem, secret_access_key: undefined })],
    ["no token", JSON.stringify({ ...gem, session_token: undefined })],
    ["an empty access key id", JSON.stringify({ ...gem, access_key_id: "" })],
    ["an empty secret", JSON.stringify({ ...gem, secret_access_key: "" })],
    ["an empty token", JSON.stringify({ ...gem, session_token: "" })],
    ["a number for a key id", JSON.stringify({ ...gem, access_key_id: 1 })],
    ["null for a secret", JSON.stringify({ ...gem, secret_access_key: null })],
    ["a list for a token", JSON.stringify({ ...gem, session_token: ["t"] })],
    ["an object for a token", JSON.stringify({ ...gem, session_token: { toString: "t" } })],
    ["a line break in a token", JSON.stringify({ ...gem, session_token: "t\nX: y" })],
    ["a line break behind a token", JSON.stringify({ ...gem, session_token: "t\n" })],
    ["a NUL in a secret", JSON.stringify({ ...gem, secret_access_key: "s\0" })],
    ["a space in a key id", JSON.stringify({ ...gem, access_key_id: "ASIA GEM" })],
    ["null for an identity", JSON.stringify({ ...gem, identity: null })],
    ["a text for an identity", JSON.stringify({ ...gem, identity: "AKIA" })],
    ["an identity without a device", JSON.stringify({ ...gem, identity: { access_key_id: "AKIA", endpoint: "aws" } })],
    ["an identity without keys", JSON.stringify({ ...gem, identity: { serial: "GAHT12345678", endpoint: "aws" } })],
    ["null for a role", JSON.stringify({ ...gem, identity: base, role: null })],
    ["a text for a role", JSON.stringify({ ...gem, identity: base, role: arn })],
    ["a list for a role", JSON.stringify({ ...gem, identity: base, role: [first] })],
    ["false for a role", JSON.stringify({ ...gem, identity: base, role: false })],
    ["an empty role", JSON.stringify({ ...gem, identity: base, role: {} })],
    ["a role without parameters", JSON.stringify({ ...gem, identity: base, role: { source_profiles: ["u"] } })],
    ["a role without sources", JSON.stringify({ ...gem, identity: base, role: { assumed: [first] } })],
    ["a role without an ARN", JSON.stringify({ ...gem, identity: base, role: { assumed: [{}], source_profiles: [] } })],
    ["a role in an inherited key", `{"identity":${JSON.stringify(base)},"role":{"__proto__":{"assumed":[]}},${text.slice(1)}`],
    ["a letter beyond ASCII", JSON.stringify({ ...gem, access_key_id: "ASIÄ" })],
  ])("%s", (_name, text) => {
    expect(parseSessionFile(text)).toBeUndefined();
  });
});

describe("what is beside the four keys", () => {
  const base = { access_key_id: "AKIA", serial, endpoint: "aws" };

  // prettier-ignore
  it.each<[name: string, more: object, expected: Partial<StoredSession>]>([
    ["anything", { version: 9, expired: true, "": {} }, {}],
    ["a profile", { profile: "dev" }, { profile: "dev" }],
    ["a profile that is no text", { profile: 1 }, {}],
    ["a time of issue", { issued: "2019-11-09T17:51:14Z" }, { issued }],
    ["a time of issue that is none", { issued: "yesterday" }, {}],
    ["an identity", { identity: base }, { identity: { base: { accessKeyId: "AKIA" }, serial, endpoint: "aws" } }],
    ["an identity with more in it", { identity: { ...base, more: 1 } }, { identity: { base: { accessKeyId: "AKIA" }, serial, endpoint: "aws" } }],
    ["a role", { identity: base, role: { assumed: [first], source_profiles: ["u"] } }, { identity, role }],
    ["a role with more in it", { identity: base, role: { assumed: [first], source_profiles: ["u"], arn: "x", more: 1 } }, { identity, role }],
    ["an identity of a process", { identity: { credential_process: "v", serial, endpoint: "aws" } }, { identity: { base: { process: "v" }, serial, endpoint: "aws" } }],
  ])("%s", (_name, more, expected) => {
    const parsed = parseSessionFile(JSON.stringify({ ...gem, ...more }));
    expect(parsed).toEqual({ ...session, ...expected });
  });
});
