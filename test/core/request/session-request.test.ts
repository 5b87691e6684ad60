import { describe, expect, it } from "vitest";
import type { Identity } from "../../../src/core/request/identity.ts";
import type { MfaSessionRequest, Unfit } from "../../../src/core/request/mfa-session-request.ts";
import type { Profile } from "../../../src/core/aws-files/profile.ts";
import type { RoleParameters } from "../../../src/core/request/role-parameters.ts";
import { formatSessionFile, parseSessionFile } from "../../../src/core/session/session-file.ts";
import {
  accountOf,
  mfaRequestOf,
  requestKey,
  rolesOf,
  storedRole,
  type RoleSessionRequest,
  type SessionRequest,
} from "../../../src/core/request/session-request.ts";
import { storedKey } from "../../../src/core/session/session.ts";
import { plainRole, storedSession } from "../../support/samples.ts";

const phone = "arn:aws:iam::111111111111:mfa/phone";
const identity: Identity = { base: { accessKeyId: "AKIAU" }, serial: phone, endpoint: "aws" };

function profile(name: string): Profile {
  return { name, setting: () => undefined, keys: { kind: "none" } };
}

function user(changed: Partial<Identity> = {}, more: Partial<MfaSessionRequest> = {}) {
  const whose = { ...identity, ...changed };
  const request: MfaSessionRequest = {
    kind: "mfa",
    identity: whose,
    device: { serial: whose.serial, setting: "mfa_serial", profile: "u" },
    profile: profile("u"),
    base: { kind: "long-term", accessKeyId: "AKIAU", secretAccessKey: "secret" },
    sts: { region: "eu-west-1", endpointUrl: undefined, caBundle: undefined },
    mfaProcess: undefined,
    own: true,
    trustsUnmarkedFile: true,
    ...more,
  };
  return request;
}

function role(
  changed: Partial<RoleParameters> = {},
  source: SessionRequest = user(),
  more: Partial<RoleSessionRequest> = {},
): RoleSessionRequest {
  const parameters = { ...plainRole, ...changed };
  const usual = { profile: profile("r"), takesCode: false, capped: false };
  return { kind: "role", ...usual, role: parameters, source, ...more };
}

const b = { arn: "arn:aws:iam::333333333333:role/B" };
const c = { arn: "arn:aws:iam::444444444444:role/C" };
const chain = role(
  {},
  role(b, role(c, user(), { profile: profile("c") }), { profile: profile("b") }),
);

describe("what a request stands on", () => {
  it.each<[name: string, request: SessionRequest, roles: string[], account: string | undefined]>([
    ["a session of the user", user(), [], "111111111111"],
    ["of a hardware device", user({ serial: "GAHT12345678" }), [], undefined],
    ["a role", role(), ["r"], "222222222222"],
    [
      "a role of a hardware device",
      role({}, user({ serial: "GAHT12345678" })),
      ["r"],
      "222222222222",
    ],
    ["a role that names no account", role({ arn: "R" }), ["r"], undefined],
    ["a chain", chain, ["r", "b", "c"], "222222222222"],
    ["its source", chain.source, ["b", "c"], "333333333333"],
  ])("%s: %j of account %s", (_name, request, roles, account) => {
    expect(rolesOf(request).map((found) => found.profile.name)).toEqual(roles);
    expect(accountOf(request)).toBe(account);
    expect(mfaRequestOf(request)).toMatchObject({ kind: "mfa", profile: { name: "u" } });
  });

  it("the asked-for role is the request itself, and the user's request is untouched", () => {
    const root = user();
    const request = role({}, role(b, root));
    expect(rolesOf(request)).toEqual([request, request.source]);
    expect(rolesOf(request)[0]).toBe(request);
    expect(mfaRequestOf(request)).toBe(root);
    expect(mfaRequestOf(root)).toBe(root);
  });
});

const unfit: Unfit = { keys: ["ASIAOLD"], until: new Date(0) };

/** One change each to a role: with it another session is meant. */
const changes: [name: string, changed: Partial<RoleParameters>][] = [
  ["another role", { arn: `${plainRole.arn}2` }],
  ["in another case", { arn: plainRole.arn.replace("role/R", "role/r") }],
  ["another name of the session", { sessionName: "tablet" }],
  ["an external id", { externalId: "x1" }],
  ["another one", { externalId: "x2" }],
  ["a second less", { seconds: 3599 }],
  ["a second more", { seconds: 3601 }],
  ["no number", { seconds: Number.NaN }],
  ["a source identity", { sourceIdentity: "x1" }],
  ["another one", { sourceIdentity: "x2" }],
  ["a tag", { tags: [["team", "red"]] }],
  ["another value", { tags: [["team", "blue"]] }],
  ["another key", { tags: [["Team", "red"]] }],
  ["no value", { tags: [["team", ""]] }],
  ["a comma in a value", { tags: [["team", "red,a=b"]] }],
  ["two tags", { tags: [["team", "red"], ["a", "b"]] }], // prettier-ignore
  ["in another order", { tags: [["a", "b"], ["team", "red"]] }], // prettier-ignore
  ["a transitive tag", { transitiveTagKeys: ["team"] }],
  ["another one", { transitiveTagKeys: ["a"] }],
  ["two of them", { transitiveTagKeys: ["team", "a"] }],
  ["two of them as one", { transitiveTagKeys: ["team,a"] }],
  ["a tag as its key", { tags: [["transitiveTagKeys", "team"]] }],
  ["quotes", { sessionName: 'a","external_id":"x1' }],
  ["letters of every kind", { externalId: "\\ \" ' é \u{1f511} \u2028 \0 \ud800" }],
  ["a hostile key", { tags: [["__proto__", "constructor"]] }],
];

/** The same to whoever asks, and where. */
const others: [name: string, changed: Partial<Identity>][] = [
  ["another key", { base: { accessKeyId: "AKIAV" } }],
  ["a process", { base: { process: "AKIAU" } }],
  ["another device", { serial: `${phone}2` }],
  ["another partition", { endpoint: "aws-cn" }],
  ["an endpoint", { endpoint: "http://localhost" }],
];

const meant: [name: string, request: SessionRequest][] = [
  ["the user", user()],
  ["a role", role()],
  ["by way of another one", role({}, role(b))],
  ["by way of two", role({}, role(b, role(c)))],
  ["in another order", role({}, role(c, role(b)))],
  ["the way itself", role(b)],
  ["two of the way", role(b, role(c))],
  ["a role twice", role({}, role())],
  ...changes.map(([name, changed]): [string, SessionRequest] => [`role: ${name}`, role(changed)]),
  ...changes.map(([name, changed]): [string, SessionRequest] => [
    `on the way: ${name}`,
    role(b, role(changed)),
  ]),
  ...changes.map(([name, changed]): [string, SessionRequest] => [
    `at the root: ${name}`,
    role(b, role(c, role(changed))),
  ]),
  ...others.map(([name, changed]): [string, SessionRequest] => [`user: ${name}`, user(changed)]),
  ...others.map(([name, changed]): [string, SessionRequest] => [
    `its role: ${name}`,
    role({}, user(changed)),
  ]),
  ...others.map(([name, changed]): [string, SessionRequest] => [
    `its chain: ${name}`,
    role({}, role(b, user(changed))),
  ]),
];

describe("the key of a request", () => {
  it("differs wherever another session is meant", () => {
    const names = new Map<string, string>();
    for (const [name, request] of meant) {
      const key = requestKey(request);
      expect(`${name}, like ${names.get(key)}`).toBe(`${name}, like undefined`);
      names.set(key, name);
    }
  });

  it.each(meant)("is the same for the same: %s", (_name, request) => {
    expect(requestKey(structuredCloneOf(request))).toBe(requestKey(request));
  });

  // What is not asked of AWS is no part of it.
  it.each<[name: string, request: SessionRequest, same: SessionRequest]>([
    ["the profile's name", user({}, { profile: profile("v") }), user()],
    ["no profile", user({}, { profile: undefined }), user()],
    ["the profile of a role", role({}, user(), { profile: profile("x") }), role()],
    ["the profile at its root", role({}, user({}, { profile: profile("v") })), role()],
    ["the region", role({}, user({}, { sts: { ...user().sts, region: "eu-west-2" } })), role()],
    [
      "who names the device",
      role(
        {},
        user({}, { device: { serial: phone, setting: "AWS_MFA_SERIAL", profile: undefined } }),
      ),
      role(),
    ],
    ["where the code is from", role({}, user({}, { mfaProcess: "ykman" })), role()],
    ["what files are trusted", role({}, user({}, { trustsUnmarkedFile: false })), role()],
    ["that it was cut", role({}, role(b), { capped: true }), role({}, role(b))],
    ["that another one is wanted", role({}, user(), { unfit }), role()],
    ["that its source is", role({}, user({}, { unfit: { ...unfit, because: "x" } })), role()],
    ["that it takes the code", role({}, user(), { takesCode: true }), role()],
    [
      "the profiles of a chain",
      role({}, role(b, user(), { profile: profile("x") })),
      role({}, role(b)),
    ],
  ])("does not depend on %s", (_name, request, same) => {
    expect(requestKey(request)).toBe(requestKey(same));
  });

  it.each(meant)(
    "is that of the stored session, through the text of its file: %s",
    (_name, request) => {
      const text = formatSessionFile(
        storedSession({
          identity: mfaRequestOf(request).identity,
          profile: request.profile?.name,
          role: storedRole(request),
        }),
      );
      for (const written of [text, formatSessionFile(parseSessionFile(text)!)]) {
        const found = parseSessionFile(written);
        expect(found && storedKey(found)).toBe(requestKey(request));
      }
    },
  );
});

describe("what a session file tells of the role", () => {
  it.each<[name: string, request: RoleSessionRequest, arn: string, sources: string[]]>([
    ["of the user's session", role(), plainRole.arn, ["u"]],
    ["of a chain", chain, plainRole.arn, ["b", "c", "u"]],
    ["of keys of no profile", role({}, user({}, { profile: undefined })), plainRole.arn, []],
    [
      "of a profile without a name",
      role({}, user({}, { profile: profile("") })),
      plainRole.arn,
      [""],
    ],
    ["with the code in it", role({}, user(), { takesCode: true }), plainRole.arn, []],
    ["of another role", role(b), b.arn, ["u"]],
  ])("%s", (_name, request, arn, sources) => {
    const stored = storedRole(request);
    expect(stored).toMatchObject({ sources });
    expect(stored?.assumed).toHaveLength(rolesOf(request).length);
    expect(stored?.assumed[0]).toMatchObject({ role_arn: arn });
  });

  it("nothing of a session of the user", () => {
    expect(storedRole(user())).toBeUndefined();
  });
});

/** The same again, nothing of it shared; profiles hold functions, and are left out. */
function structuredCloneOf(request: SessionRequest): SessionRequest {
  const { profile: _profile, ...rest } = request;
  if (rest.kind === "mfa") return structuredClone({ ...rest, profile: undefined });
  const { source, ...own } = rest;
  return { ...structuredClone(own), profile: profile("x"), source: structuredCloneOf(source) };
}
