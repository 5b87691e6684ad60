import { rmSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { CallRecord, RoleOptions } from "../../src/sandbox/sandbox.ts";
import { awsCommands, python } from "../support/commands.ts";
import { devSection, startLab, type Lab } from "../support/lab.ts";
import { run, runAwsmfa, type Ended } from "../support/run.ts";
import { addRoles, roleSections, type Settings } from "../support/role-profiles.ts";
import { changeStored, lasting, storedFor } from "../support/stored.ts";

type Variables = Readonly<Record<string, string>>;

function whoAmI(lab: Lab, more: Variables = {}, args: readonly string[] = []): Promise<Ended> {
  const wrapped = ["sts", "get-caller-identity", "--query", "Arn", "--output", "text"];
  return runAwsmfa(["session", ...wrapped, ...args], { env: { ...lab.env, ...more } });
}

function withCode({ sandbox }: Lab): Variables {
  return { AWS_MFA_TOKEN: sandbox.freshCode("alice") };
}

/** What this program asked of STS, as opposed to the clients it runs. */
function ours({ sandbox }: Lab): readonly CallRecord[] {
  return sandbox.calls.filter(({ userAgent }) => userAgent.includes("app/awsmfa"));
}

const operations = (calls: readonly CallRecord[]): string[] =>
  calls.map(({ operation }) => operation);

const mfa = { mfa: true };

/** alpha is for the user, beta for alpha, gamma for beta. */
const chain: RoleOptions[] = [
  { name: "alpha", trust: mfa, maxSessionDuration: 43_200 },
  { name: "beta", trust: { principals: ["arn:aws:iam::123456789012:role/alpha"] } },
  { name: "gamma", trust: { principals: ["arn:aws:iam::123456789012:role/beta"] } },
];

const chained = {
  alpha: {},
  beta: { source_profile: "alpha" },
  gamma: { source_profile: "beta" },
};

describe.each(awsCommands)("with the real aws $version", ({ path, version }) => {
  // Older ones know no AWS_ENDPOINT_URL.
  const endpoint = (lab: Lab): string[] =>
    version.startsWith("2.9.") ? ["--endpoint-url", lab.sandbox.url] : [];

  test.concurrent(
    "ten roles of one user: one code, ten identities; then not a single request of ours",
    async () => {
      const names = Array.from({ length: 10 }, (_, index) => `team-${index}`);
      await using lab = await startLab({
        users: [{ name: "alice", devices: ["phone"] }],
        roles: names.map((name) => ({ name, trust: mfa })),
      });
      addRoles(lab, Object.fromEntries(names.map((name) => [name, {}])));
      const round = (more: Variables): Promise<Ended[]> =>
        Promise.all(
          names.map((name) => {
            const variables = { AWS_MFA_AWS_PATH: path, ...more };
            return whoAmI(lab, { ...variables, AWS_PROFILE: name }, endpoint(lab));
          }),
        );
      const first = await round(withCode(lab));
      expect(first.map(({ stderr }) => stderr).join("")).toBe("");
      expect(first.map(({ stdout }) => stdout.trim())).toEqual(
        names.map((name) => `arn:aws:sts::123456789012:assumed-role/${name}/phone`),
      );
      expect(operations(ours(lab)).toSorted()).toEqual([
        ...names.map(() => "AssumeRole"),
        "GetSessionToken",
      ]);
      const before = lab.sandbox.calls.length;
      expect(await round({})).toEqual(first);
      expect(operations(lab.sandbox.calls.slice(before))).toEqual(
        names.map(() => "GetCallerIdentity"),
      );
    },
  );

  test.concurrent.each([
    ["AWS_PROFILE", { AWS_PROFILE: "reader" }, []],
    ["AWS_DEFAULT_PROFILE", { AWS_PROFILE: "", AWS_DEFAULT_PROFILE: "reader" }, []],
    ["--profile", {}, ["--profile", "reader"]],
    ["--profile=", {}, ["--profile=reader"]],
  ] as const)(
    "%s: region and output of the role profile apply, and the CLI assumes nothing by itself",
    async (name, variables, args) => {
      await using lab = await startLab();
      addRoles(lab, { reader: { role: "readonly", region: "eu-north-1", output: "text" } });
      const env: Record<string, string> = {
        ...lab.env,
        AWS_MFA_AWS_PATH: path,
        ...variables,
        ...withCode(lab),
      };
      if (name === "AWS_DEFAULT_PROFILE") delete env["AWS_PROFILE"];
      for (const call of ["first", "second"]) {
        const wrapped = ["sts", "get-caller-identity", ...args, ...endpoint(lab)];
        const ended = await runAwsmfa(["session", ...wrapped], { env });
        expect(ended, call).toMatchObject({ code: 0, stderr: "" });
        expect(ended.stdout).toMatch(
          /^123456789012\tarn:aws:sts::123456789012:assumed-role\/readonly\/phone\t/,
        );
      }
      expect(operations(ours(lab))).toEqual(["GetSessionToken", "AssumeRole"]);
      const others = lab.sandbox.calls.filter((call) => !ours(lab).includes(call));
      expect(others).toMatchObject([
        { operation: "GetCallerIdentity", region: "eu-north-1" },
        { operation: "GetCallerIdentity", region: "eu-north-1" },
      ]);
    },
  );

  test.concurrent(
    "a chain of three, each role assumed from the one before, and none twice",
    async () => {
      await using lab = await startLab({
        users: [{ name: "alice", devices: ["phone"] }],
        roles: chain,
      });
      addRoles(lab, chained);
      const variables = { AWS_MFA_AWS_PATH: path, AWS_PROFILE: "gamma" };
      for (const more of [withCode(lab), {}]) {
        const ended = await whoAmI(lab, { ...variables, ...more }, endpoint(lab));
        expect(ended).toMatchObject({ code: 0, stderr: "" });
        expect(ended.stdout).toBe("arn:aws:sts::123456789012:assumed-role/gamma/phone\n");
      }
      const beta = await whoAmI(lab, { ...variables, AWS_PROFILE: "beta" }, endpoint(lab));
      expect(beta.stdout).toBe("arn:aws:sts::123456789012:assumed-role/beta/phone\n");
      expect(ours(lab)).toMatchObject([
        { operation: "GetSessionToken", arn: expect.stringMatching(/user\/alice$/) },
        { operation: "AssumeRole", arn: expect.stringMatching(/user\/alice$/), mfa: true },
        { operation: "AssumeRole", arn: expect.stringMatching(/assumed-role\/alpha\/phone$/) },
        { operation: "AssumeRole", arn: expect.stringMatching(/assumed-role\/beta\/phone$/) },
      ]);
    },
  );

  test.concurrent("a role that demands a code of the last hour", async () => {
    await using lab = await startLab();
    addRoles(lab, { deploy: {} });
    const variables = { AWS_MFA_AWS_PATH: path, AWS_PROFILE: "deploy", ...withCode(lab) };
    const ended = await whoAmI(lab, variables, endpoint(lab));
    expect(ended).toMatchObject({ code: 0, stderr: "" });
    expect(ended.stdout).toBe("arn:aws:sts::123456789012:assumed-role/deploy/phone\n");
  });
});

describe("profiles of one role share its session", () => {
  const twins = { admin: {}, "admin-too": { role: "admin", region: "eu-west-1" } };

  test.concurrent.each<[what: string, endUser: boolean]>([
    ["with the user's session at hand", false],
    ["when that one is over", true],
  ])("%s", async (_what, endUser) => {
    await using lab = await startLab();
    addRoles(lab, twins);
    const first = await whoAmI(lab, { AWS_PROFILE: "admin", ...withCode(lab) });
    if (endUser) rmSync(`${lab.store}/dev`);
    const second = await whoAmI(lab, { AWS_PROFILE: "admin-too" });
    expect(second).toEqual(first);
    expect(operations(ours(lab))).toEqual(["GetSessionToken", "AssumeRole"]);
    const names = lab.stored().filter((name) => name.startsWith("%%role-"));
    expect(names).toEqual([
      expect.stringMatching(/^%%role-admin-[0-9a-f]{8}$/),
      expect.stringMatching(/^%%role-admin-too-[0-9a-f]{8}$/),
    ]);
  });

  test.concurrent("in the middle of a chain as well", async () => {
    await using lab = await startLab({
      users: [{ name: "alice", devices: ["phone"] }],
      roles: chain,
    });
    addRoles(lab, {
      alpha: {},
      "alpha-too": { role: "alpha" },
      beta: { source_profile: "alpha-too" },
    });
    expect(await whoAmI(lab, { AWS_PROFILE: "alpha", ...withCode(lab) })).toMatchObject({
      code: 0,
    });
    rmSync(`${lab.store}/dev`);
    const ended = await whoAmI(lab, { AWS_PROFILE: "beta" });
    expect(ended).toMatchObject({ code: 0, stderr: "" });
    expect(operations(ours(lab))).toEqual(["GetSessionToken", "AssumeRole", "AssumeRole"]);
  });
});

describe("another setting is another session", () => {
  const roles: RoleOptions[] = [
    { name: "one", trust: { mfa: true, externalId: "first-1" } },
    { name: "two", trust: { mfa: true, externalId: "first-1" } },
    { name: "strict", trust: { mfa: true, externalId: "second" } },
  ];
  const lab = (): Promise<Lab> =>
    startLab({ users: [{ name: "alice", devices: ["phone"] }], roles });
  const setRole = (home: Lab, settings: Settings): string =>
    home.write(
      ".aws/config",
      devSection(home.serial) + roleSections(home.sandbox, { role: settings }),
    );
  const before = { role: "one", external_id: "first-1", duration_seconds: "900" };

  test.concurrent.each<
    [what: string, after: Record<string, string>, variables: Variables, session: RegExp]
  >([
    ["role_arn", { ...before, role: "two" }, {}, /\/two\/phone$/],
    ["external_id", { ...before, role: "strict", external_id: "second" }, {}, /\/strict\/phone$/],
    ["duration_seconds", { ...before, duration_seconds: "1800" }, {}, /\/one\/phone$/],
    ["role_session_name", { ...before, role_session_name: "me" }, {}, /\/one\/me$/],
    ["AWS_ROLE_SESSION_NAME", before, { AWS_ROLE_SESSION_NAME: "job-7" }, /\/one\/job-7$/],
    ["source_identity", { ...before, source_identity: "alice" }, {}, /\/one\/phone$/],
    ["session_tags", { ...before, session_tags: "team=red" }, {}, /\/one\/phone$/],
    ["mfa_serial", { ...before, mfa_serial: "GAHT12345678" }, {}, /nobody to ask/],
  ])("%s", async (_what, after, variables, session) => {
    await using home = await lab();
    setRole(home, before);
    const profile = { AWS_PROFILE: "role" };
    const first = await whoAmI(home, { ...profile, ...withCode(home) });
    expect(first).toMatchObject({ code: 0, stderr: "" });
    setRole(home, after);
    const second = await whoAmI(home, { ...profile, ...variables });
    expect((second.stdout || second.stderr).split("\n")[0]).toMatch(session);
    if (second.code !== 0) return;
    const assumed = ours(home).filter(({ operation }) => operation === "AssumeRole");
    expect(assumed).toHaveLength(2);
    // And back again: that one is still there.
    setRole(home, before);
    expect(await whoAmI(home, profile)).toEqual(first);
    expect(ours(home)).toHaveLength(3);
  });

  test.concurrent("without its external_id nothing of the old role is served", async () => {
    await using home = await lab();
    setRole(home, before);
    const profile = { AWS_PROFILE: "role" };
    expect(await whoAmI(home, { ...profile, ...withCode(home) })).toMatchObject({ code: 0 });
    setRole(home, { role: "one" });
    const refused = await whoAmI(home, profile);
    expect(refused).toMatchObject({ code: 254, stdout: "" });
    expect(refused.stderr).toMatch(/^awsmfa: AWS refused: .* \(AccessDenied; profile role, role /);
  });
});

describe("what the role is asked for with", () => {
  test.concurrent(
    "everything that the profile says, and AWS_ROLE_SESSION_NAME before it",
    async () => {
      await using lab = await startLab({
        users: [{ name: "alice", devices: ["phone"] }],
        roles: chain,
      });
      addRoles(lab, {
        alpha: { role_session_name: "from-file" },
        beta: {
          source_profile: "alpha",
          role_session_name: "from-file",
          duration_seconds: "1200",
          source_identity: "alice@example.com",
          session_tags: "team = red-blue,project=x-ray",
          transitive_session_tags: "team, project",
        },
      });
      const variables = { AWS_PROFILE: "beta", AWS_ROLE_SESSION_NAME: "job-42", ...withCode(lab) };
      const ended = await whoAmI(lab, variables);
      expect(ended.stdout).toBe("arn:aws:sts::123456789012:assumed-role/beta/job-42\n");
      const [alpha, beta] = ours(lab).filter(({ operation }) => operation === "AssumeRole");
      expect(alpha?.parameters).toEqual({
        RoleArn: lab.sandbox.role("alpha").arn,
        RoleSessionName: "from-file",
        DurationSeconds: "3600",
      });
      expect(beta?.parameters).toEqual({
        RoleArn: lab.sandbox.role("beta").arn,
        RoleSessionName: "job-42",
        DurationSeconds: "1200",
        SourceIdentity: "alice@example.com",
        "Tags.member.1.Key": "team",
        "Tags.member.1.Value": "red-blue",
        "Tags.member.2.Key": "project",
        "Tags.member.2.Value": "x-ray",
        "TransitiveTagKeys.member.1": "team",
        "TransitiveTagKeys.member.2": "project",
      });
    },
  );

  test.concurrent(
    "the serial of the role profile, of a role on the way, of the user, in that order",
    async () => {
      await using lab = await startLab({
        users: [{ name: "alice", devices: ["phone", "tablet"] }],
        roles: chain,
      });
      const tablet = lab.serial.replace("phone", "tablet");
      addRoles(lab, { ...chained, beta: { source_profile: "alpha", mfa_serial: tablet } });
      for (const [profile, serial] of [
        ["alpha", lab.serial],
        ["beta", tablet],
        ["gamma", tablet],
      ] as const) {
        const ended = await whoAmI(lab, { AWS_PROFILE: profile, AWS_MFA_TOKEN: "000000" });
        expect(ended.code).toBe(254);
        expect(ours(lab).at(-1)?.parameters["SerialNumber"]).toBe(serial);
      }
    },
  );
});

describe("longer than an hour", () => {
  test.concurrent(
    "a role assumed by the user itself takes the code, lasts as asked, and is stored",
    async () => {
      await using lab = await startLab();
      addRoles(lab, { admin: { duration_seconds: "43200" } });
      const first = await whoAmI(lab, { AWS_PROFILE: "admin", ...withCode(lab) });
      expect(first).toMatchObject({ code: 0, stderr: "" });
      expect(await whoAmI(lab, { AWS_PROFILE: "admin" })).toEqual(first);
      expect(ours(lab)).toMatchObject([
        {
          operation: "AssumeRole",
          arn: "arn:aws:iam::123456789012:user/alice",
          parameters: { DurationSeconds: "43200", SerialNumber: lab.serial },
        },
      ]);
      expect(lab.stored()).toEqual([expect.stringMatching(/^%%role-admin-[0-9a-f]{8}$/)]);
      const { expiration = "" } = storedFor(lab, "admin");
      expect(Date.parse(expiration) - Date.now()).toBeGreaterThan(43_100_000);
    },
  );

  test.concurrent("roles of a chain are cut to an hour, which is said once", async () => {
    await using lab = await startLab({
      users: [{ name: "alice", devices: ["phone"] }],
      roles: chain,
    });
    addRoles(lab, {
      alpha: { duration_seconds: "43200" },
      beta: { source_profile: "alpha", duration_seconds: "7200" },
    });
    const first = await whoAmI(lab, { AWS_PROFILE: "beta", ...withCode(lab) });
    expect(first).toMatchObject({ code: 0 });
    expect(first.stderr).toBe(
      "awsmfa: duration_seconds of profile beta is cut to 3600: AWS gives no more to a role that is " +
        "assumed with temporary credentials.\n",
    );
    expect(await whoAmI(lab, { AWS_PROFILE: "beta" })).toEqual({ ...first, stderr: "" });
    expect(ours(lab)).toMatchObject([
      { operation: "GetSessionToken" },
      { operation: "AssumeRole", parameters: { DurationSeconds: "3600" } },
      { operation: "AssumeRole", parameters: { DurationSeconds: "3600" } },
    ]);
  });
});

describe("a role session with little time left is replaced while that takes no code", () => {
  test.concurrent.each<
    [what: string, prepare: (lab: Lab) => void, settings: Record<string, string>, calls: string[]]
  >([
    ["16 minutes of an hour", (lab) => changeStored(lab, "admin", lasting(2640, 960)), {}, []],
    [
      "14 minutes of an hour",
      (lab) => changeStored(lab, "admin", lasting(2760, 840)),
      {},
      ["AssumeRole"],
    ],
    [
      "14 minutes of 15",
      (lab) => changeStored(lab, "admin", lasting(60, 840)),
      { duration_seconds: "900" },
      [],
    ],
    [
      "7 minutes of 15",
      (lab) => changeStored(lab, "admin", lasting(480, 420)),
      { duration_seconds: "900" },
      ["AssumeRole"],
    ],
    [
      "14 minutes, and the user's session is over: it will do",
      (lab) => {
        changeStored(lab, "admin", lasting(2760, 840));
        changeStored(lab, "dev", lasting(43_200, -1));
      },
      {},
      [],
    ],
    [
      "14 minutes, and AWS refuses: it will do",
      (lab) => {
        changeStored(lab, "admin", lasting(2760, 840));
        lab.sandbox.trouble.fail({ status: 403, code: "AccessDenied", operation: "AssumeRole" });
      },
      {},
      // What is refused is not tried again with the very next command.
      ["AssumeRole"],
    ],
    [
      "14 minutes of one that takes a code",
      (lab) => changeStored(lab, "admin", lasting(6360, 840)),
      { duration_seconds: "7200" },
      [],
    ],
  ])("%s", async (_what, prepare, settings, calls) => {
    await using lab = await startLab();
    addRoles(lab, { admin: settings });
    const variables = { AWS_PROFILE: "admin" };
    expect(await whoAmI(lab, { ...variables, ...withCode(lab) })).toMatchObject({ code: 0 });
    prepare(lab);
    const before = ours(lab).length;
    for (const call of ["first", "second"]) {
      const ended = await whoAmI(lab, variables);
      expect(ended, call).toMatchObject({ code: 0, stderr: "" });
      expect(ended.stdout, call).toContain("assumed-role/admin/phone");
    }
    expect(operations(ours(lab).slice(before))).toEqual(calls);
  });
});

describe("exec and exports", () => {
  const listBuckets =
    "import boto3; print([b['Name'] for b in boto3.client('s3').list_buckets()['Buckets']])";
  const arn = "import boto3; print(boto3.client('sts').get_caller_identity()['Arn'])";

  test.concurrent("exec: boto3 runs as the role, with its region", async () => {
    await using lab = await startLab();
    addRoles(lab, { admin: { region: "eu-north-1" } });
    const token = ["--token", lab.sandbox.freshCode("alice")];
    const program = ["--", python, "-c", `${listBuckets}\n${arn}`];
    const env = { ...lab.env, AWS_ACCOUNT_ID: "123456789012" };
    const ended = await runAwsmfa(["exec", "--profile", "admin", ...token, ...program], { env });
    expect(ended).toMatchObject({ code: 0, stderr: "" });
    expect(ended.stdout).toBe(
      "['demo-invoices', 'demo-photos']\narn:aws:sts::123456789012:assumed-role/admin/phone\n",
    );
    expect(lab.sandbox.calls.at(-1)).toMatchObject({ region: "eu-north-1" });
  });

  test.concurrent("exec: the account is the role's, not the user's", async () => {
    await using lab = await startLab();
    addRoles(lab, { partner: { external_id: "awsmfa-demo" } });
    const env = { ...lab.env, AWS_ACCOUNT_ID: "123456789012", ...withCode(lab) };
    const ended = await runAwsmfa(["exec", "--profile", "partner", "true"], { env });
    expect(ended).toMatchObject({
      code: 0,
      stderr: "awsmfa: AWS_ACCOUNT_ID is 123456789012, but the session is one of 210987654321.\n",
    });
  });

  test.concurrent("exports: real shells run as the role", async () => {
    await using lab = await startLab();
    lab.installAwsmfa();
    addRoles(lab, { admin: {} });
    const script = `
      unset AWS_PROFILE
      eval "$(awsmfa exports --profile admin)" || exit 9
      unset AWS_MFA_TOKEN
      export AWS_DEFAULT_REGION=us-east-1
      aws sts get-caller-identity --query Arn --output text
      awsmfa session sts get-caller-identity --query Arn --output text
      awsmfa exec true
      eval "$(awsmfa exports)" && echo again
      eval "$(awsmfa unsets)"
      aws sts get-caller-identity 2>&1 | tail -n 1`;
    const ended = await run("/bin/bash", ["-c", script], { env: { ...lab.env, ...withCode(lab) } });
    const arn = "arn:aws:sts::123456789012:assumed-role/admin/phone";
    expect(ended.stdout.split("\n").slice(0, 3)).toEqual([arn, arn, "again"]);
    expect(ended.stdout).toContain("Unable to locate credentials");
    expect(ended.stderr).toBe("");
    expect(operations(ours(lab))).toEqual(["GetSessionToken", "AssumeRole"]);
  });

  test.concurrent(
    "a shell whose role session nears its end goes on with a new one, without a code",
    async () => {
      await using lab = await startLab();
      addRoles(lab, { admin: {} });
      await lab.signIn();
      const exports = ["exports", "--profile", "admin", "--format", "json"];
      const { stdout } = await runAwsmfa(exports, { env: lab.env });
      const { AWS_PROFILE: _none, ...bare } = lab.env;
      const shell = { ...bare, ...(JSON.parse(stdout) as Variables) };
      const keyOf = async (): Promise<string> =>
        (await runAwsmfa(["exec", "printenv", "AWS_ACCESS_KEY_ID"], { env: shell })).stdout.trim();
      expect(await keyOf()).toBe(shell["AWS_ACCESS_KEY_ID"]);
      changeStored(lab, "admin", lasting(3400, 200));
      const renewed = await keyOf();
      expect(renewed).toMatch(/^ASIA/);
      expect(renewed).not.toBe(shell["AWS_ACCESS_KEY_ID"]);
      // The shell still has the first one, which another one has replaced in the store.
      expect(await keyOf()).toBe(renewed);
      expect(operations(ours(lab))).toEqual(["GetSessionToken", "AssumeRole", "AssumeRole"]);
    },
  );
});
