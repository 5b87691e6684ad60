import { writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Ended } from "../support/run.ts";
import { type RoleProfiles } from "../support/role-profiles.ts";
import { changeStored, nearEnd, storedFor } from "../support/stored.ts";
import { rolesAsked, signInAs, startRoleHome, type RoleHome } from "./role-home.ts";

const externalId = "partner-secret-42";
const roles = [
  { name: "admin", trust: { mfa: true }, maxSessionDuration: 7200 },
  { name: "deploy", trust: { mfa: true } },
  { name: "vault", trust: { principals: ["arn:aws:iam::123456789012:role/deploy"] } },
  { name: "partner", trust: { externalId } },
] as const;
const long = { duration_seconds: 7200 };

const start = (profiles: RoleProfiles): Promise<RoleHome & AsyncDisposable> =>
  startRoleHome(profiles, roles);

interface Failure {
  name: string;
  role: string;
  settings?: Record<string, string | number>;
  /** Makes it fail, again and again. */
  prepare?: (home: RoleHome) => Promise<void> | void;
  exit?: number;
  /** The code that the message holds. */
  code: string;
  says: string | RegExp;
  /** How often AWS is asked for roles. */
  asked?: number;
}

const assumeRole = { operation: "AssumeRole", times: Infinity };

const failures: Failure[] = [
  {
    name: "a role that is not there",
    role: "admin",
    settings: { role_arn: "arn:aws:iam::123456789012:role/nobody" },
    code: "AccessDenied",
    says: /not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::123456789012:role\/nobody .*\n  Check role_arn \(of refresh: --assume-role\), external_id and /,
  },
  {
    name: "a role that does not trust the user",
    role: "vault",
    code: "AccessDenied",
    says: "whom the role trusts",
  },
  {
    name: "a role whose source is refused",
    role: "vault",
    settings: { source_profile: "partner-as-source" },
    code: "AccessDenied",
    says: "(AccessDenied; profile partner-as-source, role arn:aws:iam::123456789012:role/partner, ",
  },
  {
    name: "another external_id than the role wants",
    role: "partner",
    settings: { external_id: "other-secret-43" },
    code: "AccessDenied",
    says: "Check role_arn (of refresh: --assume-role), external_id",
  },
  {
    name: "no external_id for a role that wants one",
    role: "partner",
    code: "AccessDenied",
    says: "Check role_arn (of refresh: --assume-role), external_id",
  },
  {
    name: "a message that quotes the external_id",
    role: "partner",
    settings: { external_id: externalId },
    prepare: ({ sandbox }) =>
      sandbox.trouble.fail({
        ...assumeRole,
        status: 400,
        code: "ValidationError",
        message: `Value '${externalId}' at 'externalId' failed to satisfy constraint`,
      }),
    code: "ValidationError",
    says: "AWS refused the request: Value '…' at 'externalId' failed",
  },
  {
    name: "longer than the role may last",
    role: "admin",
    settings: { duration_seconds: 43_200 },
    code: "ValidationError",
    says: /exceeds the MaxSessionDuration set for this role\. .*\n  Lower duration_seconds \(of refresh: --duration\), or have the role's maximum raised\./,
  },
  {
    name: "long-term keys that AWS does not know",
    role: "admin",
    settings: long,
    prepare: ({ sandbox, user }) => sandbox.revoke(user.accessKeyId),
    code: "InvalidClientTokenId",
    says: "does not know this access key",
  },
  ...[500, 503].map((status) => ({
    name: `HTTP ${status}`,
    role: "admin",
    prepare: ({ sandbox }: RoleHome) => sandbox.trouble.fail({ ...assumeRole, status }),
    code: status === 500 ? "InternalFailure" : "ServiceUnavailable",
    says: /AWS had a fault of its own .*\n {2}Try again\.\n/,
    asked: 3,
  })),
  {
    name: "HTTP 500, with a code, which may be spent",
    role: "admin",
    settings: long,
    prepare: ({ sandbox }) => sandbox.trouble.fail({ ...assumeRole, status: 500 }),
    code: "InternalFailure",
    says: "Try again with the next code.",
  },
  {
    name: "throttled without end",
    role: "admin",
    prepare: ({ sandbox }) => sandbox.trouble.throttle(assumeRole),
    code: "Throttling",
    says: "Try again in a minute.",
    asked: 3,
  },
  {
    name: "throttled without end, with a code, which is not spent",
    role: "admin",
    settings: long,
    prepare: ({ sandbox }) => sandbox.trouble.throttle(assumeRole),
    code: "Throttling",
    says: "Try again in a minute.",
    asked: 3,
  },
  ...(["before", "after"] as const).flatMap((when) => [
    {
      name: `the connection is dropped ${when} the request is handled`,
      role: "admin",
      prepare: ({ sandbox }: RoleHome) => sandbox.trouble.drop(when, assumeRole),
      exit: 255,
      code: "ECONNRESET",
      says: /STS gave no answer .*\n {2}Check the network, and try again\.\n/,
      asked: 3,
    },
    {
      name: `the same with a code, which may be used up, ${when}`,
      role: "admin",
      settings: long,
      prepare: ({ sandbox }: RoleHome) => sandbox.trouble.drop(when, assumeRole),
      exit: 255,
      code: "ECONNRESET",
      says: "try again with the next code",
    },
  ]),
  {
    name: "the page of a captive portal",
    role: "admin",
    prepare: ({ sandbox }) =>
      sandbox.trouble.fail({ ...assumeRole, status: 200, body: "<html>Sign in</html>" }),
    exit: 255,
    code: "UnexpectedAnswer",
    says: "the answer (HTTP 200) was not one of STS",
  },
  {
    name: "no network",
    role: "admin",
    prepare: ({ sandbox }) => sandbox.close(),
    exit: 255,
    code: "ECONNREFUSED",
    says: "STS could not be reached",
    asked: 0,
  },
];

test.concurrent.each(failures)(
  "$name: $code",
  async ({ role, settings, prepare, exit = 254, code, says, asked = 1 }) => {
    const source = { "partner-as-source": { role: "partner" } };
    await using home = await start({ [role]: settings ?? {}, ...source });
    await signInAs(home, "dev");
    await prepare?.(home);
    const mfaCode = home.sandbox.freshCode("alice");
    // A code that nothing takes, unless the role is to last for long.
    const env = { AWS_PROFILE: role, AWS_MFA_TOKEN: mfaCode };
    const ended = await home.session(env);
    expect(ended).toMatchObject({ code: exit, stdout: "" });
    expect(ended.stderr).toMatch(says);
    const profile = settings?.["source_profile"] ?? role;
    const device = Number(settings?.["duration_seconds"]) > 3600 ? "device phone-of-alice, " : "";
    expect(ended.stderr).toMatch(
      new RegExp(
        `^awsmfa: .*\\(${code}; profile ${profile}, role arn:\\S+, key …\\w{4}, ${device}STS ${home.sandbox.url}\\)\\.\\n`,
      ),
    );
    expect(ended.stderr).toMatch(/^awsmfa: (.+\n){1,4}$/);
    expectSecrecy(home, mfaCode, ended);
    expect(rolesAsked(home)).toHaveLength(asked);
    const sessions = home.stsCalls();
    expect(sessions).toBe(1);

    const debugged = await home.session({ ...env, AWS_MFA_DEBUG: "1" });
    expect(debugged).toMatchObject({ code: exit, stdout: "" });
    expect(debugged.stderr).toContain(`awsmfa: debug: plan: role session of profile ${role}`);
    expectSecrecy(home, mfaCode, debugged);
    expect(home.stored()).toEqual(["dev"]);
  },
);

interface Recovery {
  name: string;
  prepare: (home: RoleHome) => void;
  statuses: number[];
  settings?: Record<string, string | number>;
}

test.concurrent.each<Recovery>([
  {
    name: "throttled twice",
    prepare: ({ sandbox }) => sandbox.trouble.throttle({ operation: "AssumeRole", times: 2 }),
    statuses: [400, 400, 200],
  },
  {
    name: "throttled twice, with a code",
    settings: long,
    prepare: ({ sandbox }) => sandbox.trouble.throttle({ operation: "AssumeRole", times: 2 }),
    statuses: [400, 400, 200],
  },
  {
    name: "HTTP 500 and 503",
    prepare: ({ sandbox }) => {
      sandbox.trouble.fail({ operation: "AssumeRole", status: 500 });
      sandbox.trouble.fail({ operation: "AssumeRole", status: 503 });
    },
    statuses: [500, 503, 200],
  },
  {
    name: "dropped before and after",
    prepare: ({ sandbox }) => {
      sandbox.trouble.drop("before", { operation: "AssumeRole" });
      sandbox.trouble.drop("after", { operation: "AssumeRole" });
    },
    statuses: [0, 0, 200],
  },
  {
    name: "a clock that is 20 minutes behind",
    prepare: ({ sandbox }) => void (sandbox.trouble.clockOffsetMs = 20 * 60_000),
    statuses: [403, 200],
  },
])("$name: works, silently", async ({ prepare, statuses, settings = {} }) => {
  await using home = await start({ admin: settings });
  await signInAs(home, "dev");
  prepare(home);
  const ended = await home.sessionWithCode({ AWS_PROFILE: "admin" });
  const key = storedFor(home, "admin")["access_key_id"];
  expect(ended).toMatchObject({ code: 0, stdout: `key=${key}\n`, stderr: "" });
  expect(home.roleCalls().map(({ status }) => status)).toEqual(statuses);
});

test.concurrent.each<
  [
    trouble: string,
    prepare: (home: RoleHome) => Promise<void> | Record<string, string> | void,
    asked: number,
  ]
>([
  ["AccessDenied", (home) => fail(home, { status: 403, code: "AccessDenied" }), 1],
  ["ExpiredToken", (home) => fail(home, { status: 403, code: "ExpiredToken" }), 1],
  ["HTTP 500", (home) => fail(home, { status: 500 }), 3],
  ["no network", ({ sandbox }) => sandbox.close(), 0],
  ["settings that are wrong", () => ({ HTTP_PROXY: "ftp://proxy" }), 0],
])(
  "a role session that nears its end, and %s: it is used, silently",
  async (_t, prepare, asked) => {
    await using home = await start({ admin: {} });
    await signInAs(home, "admin");
    changeStored(home, "admin", nearEnd());
    const { access_key_id: key } = storedFor(home, "admin");
    const env = (await prepare(home)) ?? {};
    const ended = await home.session({ AWS_PROFILE: "admin", ...env });
    expect(ended).toMatchObject({ code: 0, stdout: `key=${key}\n`, stderr: "" });
    expect(rolesAsked(home).slice(1)).toHaveLength(asked);
    expect(storedFor(home, "admin")["access_key_id"]).toBe(key);
    expect(home.stored()).toContain("dev");
  },
);

describe("a store that cannot be written", () => {
  test.each([
    ["admin", ["admin 200"], 1],
    ["vault", ["deploy 200", "vault 200"], 1],
    ["long", ["admin 200"], 0],
  ])("%s: one warning, and all the same", async (profile, roles, sessions) => {
    await using home = await start({
      admin: {},
      deploy: {},
      vault: { source_profile: "deploy" },
      long: { role: "admin", ...long },
    });
    writeFileSync(home.store, "");
    const ended = await home.sessionWithCode({ AWS_PROFILE: profile });
    expect(ended).toMatchObject({ code: 0, stdout: expect.stringMatching(/^key=ASIA\w+\n$/) });
    expect(ended.stderr).toMatch(
      /^awsmfa: the session could not be stored in .*: .* ask again\.\n$/,
    );
    expect(rolesAsked(home)).toEqual(roles);
    expect(home.stsCalls()).toBe(sessions);
  });
});

function fail({ sandbox }: RoleHome, fault: { status: number; code?: string }): void {
  sandbox.trouble.fail({ ...assumeRole, ...fault });
}

/** Nothing of what must stay secret is said. */
function expectSecrecy(home: RoleHome, code: string, { stderr }: Ended): void {
  const session = storedFor(home, "dev");
  const keys = home.sandbox.users.flatMap((user) => [user.secretAccessKey, user.accessKeyId]);
  const secrets = ["access_key_id", "secret_access_key", "session_token"].map(
    (key) => session[key]!,
  );
  for (const secret of [...keys, ...secrets, code, externalId, "other-secret-43"]) {
    expect(stderr).not.toContain(secret);
  }
}
