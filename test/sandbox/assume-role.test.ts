import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startSandbox, type RoleOptions, type Sandbox } from "../../src/sandbox/sandbox.ts";
import {
  assumeRole,
  callerIdentity,
  expectRefusal,
  getSessionToken,
  mfaSession,
  type Keys,
} from "./sts-client.ts";

const OTHER = "210987654321";
const ALICE = "arn:aws:iam::123456789012:user/alice";
const roles: RoleOptions[] = [
  { name: "open", maxSessionDuration: 7200 },
  { name: "mfa", trust: { mfa: true }, maxSessionDuration: 43_200 },
  { name: "recent", trust: { maxMfaAge: 60 } },
  {
    name: "chained",
    trust: { principals: ["arn:aws:iam::123456789012:role/open"] },
    maxSessionDuration: 43_200,
  },
  {
    name: "partner",
    accountId: OTHER,
    trust: { principals: ["arn:aws:iam::123456789012:root"], externalId: "demo-4711" },
  },
  { name: "alice-only", trust: { principals: [ALICE] } },
  { name: "closed", trust: { principals: [] } },
];

let sandbox: Sandbox;
beforeAll(async () => {
  const users = [
    { name: "alice", devices: ["phone"] },
    { name: "bob", devices: ["other-phone"] },
  ];
  sandbox = await startSandbox({ users, roles });
});
afterAll(() => sandbox.close());

const arn = (role: string) => sandbox.role(role).arn;
const longTerm = (): Promise<Keys> => Promise.resolve(sandbox.user("alice"));
const bob = (): Promise<Keys> => Promise.resolve(sandbox.user("bob"));
const withMfa = (): Promise<Keys> => mfaSession(sandbox);
const withoutMfa = async (): Promise<Keys> =>
  (await getSessionToken(sandbox, await longTerm(), {})).keys;
const asRole = async (): Promise<Keys> =>
  (await assumeRole(sandbox, await longTerm(), { RoleArn: arn("open") })).keys;
const code = () => ({
  SerialNumber: sandbox.user("alice").serial,
  TokenCode: sandbox.freshCode("alice"),
});

const invalid = (message: string) => [400, "ValidationError", message] as const;
const refused = (message: string) => [403, "AccessDenied", message] as const;
const CHAINED = invalid(
  "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining",
);
const TOO_LONG = invalid(
  "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
);
const notAuthorized = (role: string, who = ALICE, account = "123456789012") =>
  refused(
    `User: ${who} is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::${account}:role/${role}`,
  );

describe("AssumeRole lets in", () => {
  it.each([
    ["long-term keys", longTerm, "open", {}, 3600],
    ["long-term keys for long", longTerm, "open", { DurationSeconds: 7200 }, 7200],
    ["a session without MFA", withoutMfa, "open", {}, 3600],
    ["an MFA session", withMfa, "mfa", {}, 3600],
    ["an MFA session for less", withMfa, "mfa", { DurationSeconds: 900 }, 900],
    ["a young MFA session", withMfa, "recent", {}, 3600],
    ["a role that it trusts", asRole, "chained", { DurationSeconds: 3600 }, 3600],
    ["who knows the external id", longTerm, "partner", { ExternalId: "demo-4711" }, 3600],
    ["the user that it names", longTerm, "alice-only", {}, 3600],
    ["a session of the user that it names", withMfa, "alice-only", {}, 3600],
    [
      "tags and a source identity",
      longTerm,
      "open",
      {
        SourceIdentity: "alice",
        Tags: [{ Key: "team", Value: "red & blue" }],
        TransitiveTagKeys: ["team"],
      },
      3600,
    ],
  ] as const)("%s", async (_name, who, role, input, seconds) => {
    const request = { RoleArn: arn(role), ...structuredClone(input) };
    const { keys, expiration } = await assumeRole(sandbox, await who(), request as object);
    const left = (expiration.getTime() - sandbox.now().getTime()) / 1000;
    expect(left).toBeGreaterThan(seconds - 5);
    expect(left).toBeLessThanOrEqual(seconds);
    expect(await callerIdentity(sandbox, keys)).toEqual({
      Arn: `arn:aws:sts::${sandbox.role(role).accountId}:assumed-role/${role}/tester`,
      UserId: `${sandbox.role(role).roleId}:tester`,
      Account: sandbox.role(role).accountId,
    });
  });

  it("long-term keys with a code, for longer than any session could", async () => {
    const request = { RoleArn: arn("mfa"), DurationSeconds: 43_200, ...code() };
    const { expiration } = await assumeRole(sandbox, await longTerm(), request);
    expect(expiration.getTime() - Date.now()).toBeGreaterThan(43_000_000);
    await expectRefusal(
      assumeRole(sandbox, await longTerm(), request),
      refused("MultiFactorAuthentication failed with invalid MFA one time pass code. "),
    );
  });
});

describe("AssumeRole refuses", () => {
  it.each([
    ["long-term keys where MFA is demanded", longTerm, { RoleArn: "mfa" }, notAuthorized("mfa")],
    [
      "a session without MFA where it is demanded",
      withoutMfa,
      { RoleArn: "mfa" },
      notAuthorized("mfa"),
    ],
    [
      "a role where MFA is demanded",
      asRole,
      { RoleArn: "mfa" },
      notAuthorized("mfa", "arn:aws:sts::123456789012:assumed-role/open/tester"),
    ],
    [
      "a user whom it does not trust",
      bob,
      { RoleArn: "alice-only" },
      notAuthorized("alice-only", "arn:aws:iam::123456789012:user/bob"),
    ],
    ["everybody where nobody is trusted", longTerm, { RoleArn: "closed" }, notAuthorized("closed")],
    ["no external id", longTerm, { RoleArn: "partner" }, notAuthorized("partner", ALICE, OTHER)],
    [
      "another external id",
      longTerm,
      { RoleArn: "partner", ExternalId: "demo-4712" },
      notAuthorized("partner", ALICE, OTHER),
    ],
    [
      "a role that is none",
      longTerm,
      { RoleArn: "arn:aws:iam::123456789012:role/none" },
      notAuthorized("none"),
    ],
    [
      "an ARN that is none",
      longTerm,
      { RoleArn: "arn:aws:iam::1234:role/short-account" },
      invalid("arn:aws:iam::1234:role/short-account is invalid"),
    ],
    ["more than the role allows", longTerm, { RoleArn: "open", DurationSeconds: 7201 }, TOO_LONG],
    [
      "more than an hour for an MFA session",
      withMfa,
      { RoleArn: "mfa", DurationSeconds: 3601 },
      CHAINED,
    ],
    [
      "more than an hour for a role",
      asRole,
      { RoleArn: "chained", DurationSeconds: 3601 },
      CHAINED,
    ],
    [
      "more than 12 hours",
      longTerm,
      { RoleArn: "mfa", DurationSeconds: 43_201 },
      invalid(
        "1 validation error detected: Value '43201' at 'durationSeconds' failed to satisfy constraint: Member must have value less than or equal to 43200",
      ),
    ],
    [
      "a bad session name",
      longTerm,
      { RoleArn: "open", RoleSessionName: "a b" },
      invalid(
        "1 validation error detected: Value 'a b' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*",
      ),
    ],
    [
      "no role",
      longTerm,
      {},
      invalid(
        "1 validation error detected: Value null at 'roleArn' failed to satisfy constraint: Member must not be null",
      ),
    ],
    [
      "a code from a role",
      asRole,
      { RoleArn: "chained", SerialNumber: "GAHT12345678", TokenCode: "123456" },
      refused(
        "MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.",
      ),
    ],
  ] as const)("%s", async (_name, who, { ...input }, refusal) => {
    const request: Record<string, unknown> = { ...input };
    const role = String(request["RoleArn"] ?? "");
    if (role && !role.startsWith("arn:")) request["RoleArn"] = arn(role);
    await expectRefusal(assumeRole(sandbox, await who(), request), refusal);
  });

  it("an MFA session that has grown too old", async () => {
    const keys = await withMfa();
    sandbox.trouble.clockOffsetMs = 61_000;
    await expectRefusal(
      assumeRole(sandbox, keys, { RoleArn: arn("recent") }),
      notAuthorized("recent"),
    );
    sandbox.trouble.clear();
    await assumeRole(sandbox, keys, { RoleArn: arn("recent") });
  });
});
