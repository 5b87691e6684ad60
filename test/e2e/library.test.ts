import { mkdirSync, renameSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openCodeDesk } from "../support/code-desk.ts";
import { devSection, keysSection, startLab, type Lab } from "../support/lab.ts";
import { onTerminal } from "../support/on-terminal.ts";
import { addRoles } from "../support/role-profiles.ts";
import { runAwsmfa } from "../support/run.ts";
import { appEnv, runApp, runWritten, sessionsAskedFor, writeApp } from "../support/sdk-app.ts";

const tellsWho = "tell(await whoAmI(new STSClient({ credentials: fromMfaSession() })));";

const arnOf = ({ sandbox }: Lab): string => sandbox.user("alice").arn;

describe("many at once in one process: one prompt, one request", () => {
  const many = [
    ["clients, one provider", "const credentials = fromMfaSession();", "credentials"],
    ["clients, a provider each", "", "fromMfaSession()"],
    [
      "clients that share a profile by another name",
      "",
      "fromMfaSession(index % 2 ? { profile: 'twin' } : {})",
    ],
  ] as const;

  test.each(many)("50 %s", async (_title, before, credentials) => {
    await using lab = await startLab();
    await using desk = await openCodeDesk(lab);
    const alice = lab.sandbox.user("alice");
    lab.write(".aws/config", devSection(alice.serial) + devSection(alice.serial, "twin"));
    lab.write(".aws/credentials", keysSection("dev", alice) + keysSection("twin", alice));
    const body = `${before}
      const arns = await times(50, (index) => whoAmI(new STSClient({ credentials: ${credentials} })));
      tell([...new Set(arns)]);`;
    const ended = await runApp(lab, body, { AWS_MFA_PROCESS: desk.program });
    expect(ended).toMatchObject({ code: 0, stderr: "", told: [[alice.arn]] });
    expect(desk.asked).toBe(1);
    expect(sessionsAskedFor(lab)).toBe(1);
  });

  test("a user's session and that of a role that hangs on it", async () => {
    await using lab = await startLab();
    await using desk = await openCodeDesk(lab);
    addRoles(lab, { admin: {} });
    const body = `tell(await times(10, async (index) => {
      const profile = index % 2 ? "admin" : "dev";
      const arn = await whoAmI(new STSClient({ credentials: fromMfaSession({ profile }) }));
      return arn.includes(profile === "admin" ? ":assumed-role/admin/" : ":user/alice");
    }));`;
    const ended = await runApp(lab, body, { AWS_MFA_PROCESS: desk.program });
    expect(ended).toMatchObject({
      code: 0,
      stderr: "",
      told: [Array.from({ length: 10 }, () => true)],
    });
    expect(desk.asked).toBe(1);
  });
});

test("worker threads at once: one prompt", async () => {
  await using lab = await startLab();
  await using desk = await openCodeDesk(lab);
  const body = `
    const { Worker, isMainThread } = require("node:worker_threads");
    if (!isMainThread) return tell(await whoAmI(new STSClient({ credentials: fromMfaSession() })));
    await times(4, () => require("node:events").once(new Worker(__filename), "exit"));`;
  const ended = await runApp(lab, body, { AWS_MFA_PROCESS: desk.program });
  const arn = arnOf(lab);
  expect(ended).toMatchObject({ code: 0, stderr: "", told: [arn, arn, arn, arn] });
  expect(desk.asked).toBe(1);
});

test("50 clients at once whose user wants none: one prompt, and all of them hear of it", async () => {
  await using lab = await startLab();
  const body = `
    let asked = 0;
    const mfaCodeProvider = async () => {
      asked++;
      await sleep(100);
      throw new Error("window closed");
    };
    const all = await times(50, () =>
      whoAmI(new STSClient({ credentials: fromMfaSession({ mfaCodeProvider }) })).catch(({ message }) => message));
    tell([asked, ...new Set(all)]);`;
  const ended = await runApp(lab, body);
  expect(ended).toMatchObject({ code: 0, stderr: "", told: [[1, "window closed"]] });
});

describe("five processes at once: one prompt, one request", () => {
  test.each([
    ["mfa_process", (program: string) => ({ AWS_MFA_PROCESS: program })],
    ["askpass", (program: string) => ({ AWS_MFA_PROMPT: "askpass", AWS_MFA_ASKPASS: program })],
  ])("%s", async (_by, variables) => {
    await using lab = await startLab();
    await using desk = await openCodeDesk(lab);
    const app = writeApp(lab, tellsWho);
    const all = await Promise.all(
      Array.from({ length: 5 }, () => runWritten(lab, app, variables(desk.program))),
    );
    for (const ended of all) {
      expect(ended).toMatchObject({ code: 0, stderr: "", told: [arnOf(lab)] });
    }
    expect(desk.asked).toBe(1);
    expect(sessionsAskedFor(lab)).toBe(1);
  });

  test("on a terminal", async () => {
    await using lab = await startLab();
    const app = writeApp(lab, tellsWho);
    const command = `seq 5 | xargs -P 5 -I{} '${process.execPath}' '${app}'`;
    const terminal = onTerminal("/bin/bash", ["--norc", "-c", command], appEnv(lab));
    await terminal.until("MFA code for phone (profile dev): ");
    terminal.type(`${lab.sandbox.freshCode("alice")}\r`);
    expect(await terminal.ended).toEqual({ exitCode: 0, signal: 0 });
    expect(terminal.shown.match(/MFA code for/g)).toHaveLength(1);
    expect(terminal.shown.split(arnOf(lab))).toHaveLength(6);
    expect(terminal.shown).not.toContain("awsmfa:");
    expect(sessionsAskedFor(lab)).toBe(1);
  });
});

describe("shares the store with the command line", () => {
  test("which was first", async () => {
    await using lab = await startLab();
    await lab.signIn();
    expect(await runApp(lab, tellsWho)).toMatchObject({ code: 0, stderr: "", told: [arnOf(lab)] });
    expect(sessionsAskedFor(lab)).toBe(1);
  });

  test("which is second", async () => {
    await using lab = await startLab();
    const env = lab.fakeAws('echo "$AWS_ACCESS_KEY_ID"');
    const code = lab.sandbox.freshCode("alice");
    const body = `tell((await fromMfaSession({ mfaCodeProvider: async () => "${code}" })()).accessKeyId);`;
    const { told } = await runApp(lab, body);
    const ended = await runAwsmfa(["session", "s3", "ls"], { env });
    expect(ended).toMatchObject({ code: 0, stderr: "", stdout: `${String(told[0])}\n` });
    expect(sessionsAskedFor(lab)).toBe(1);
  });
});

describe("the profile", () => {
  const sources: [
    title: string,
    init: string,
    client: string,
    env: Record<string, string>,
    name: string,
  ][] = [
    ["AWS_PROFILE", "{}", "{}", { AWS_PROFILE: "one" }, "one"],
    ["AWS_DEFAULT_PROFILE", "{}", "{}", { AWS_PROFILE: "", AWS_DEFAULT_PROFILE: "one" }, "one"],
    ["the client's, not AWS_PROFILE", "{}", "{ profile: 'two' }", { AWS_PROFILE: "one" }, "two"],
    [
      "parentClientConfig's, not the client's",
      "{ parentClientConfig: { profile: 'three' } }",
      "{ profile: 'two' }",
      {},
      "three",
    ],
    [
      "the option, not those",
      "{ profile: 'one', parentClientConfig: { profile: 'three' } }",
      "{ profile: 'two' }",
      { AWS_PROFILE: "two" },
      "one",
    ],
    ["an empty option is none", "{ profile: '' }", "{}", { AWS_PROFILE: "one" }, "one"],
    [
      "the option, not keys of the environment",
      "{ profile: 'one' }",
      "{}",
      { AWS_ACCESS_KEY_ID: "AKIAX", AWS_SECRET_ACCESS_KEY: "x" },
      "one",
    ],
  ];

  test.each(sources)("%s", async (_title, init, client, more, name) => {
    await using lab = await labOfRoles();
    const body = `
      tell(await whoAmI(new STSClient({ region: "us-east-1", ...${client}, credentials: fromMfaSession(${init}) })));`;
    const ended = await runApp(lab, body, more);
    expect(ended).toMatchObject({ code: 0, stderr: "" });
    expect(ended.told).toEqual([expect.stringContaining(`:assumed-role/${name}/`)]);
  });

  /** Its profiles one, two and three assume roles of those names, and nobody need be asked. */
  async function labOfRoles(): Promise<Lab> {
    const roles = ["one", "two", "three"];
    const lab = await startLab({
      users: [{ name: "alice", devices: ["phone"] }],
      roles: roles.map((name) => ({ name })),
    });
    addRoles(lab, Object.fromEntries(roles.map((name) => [name, {}])));
    await lab.signIn();
    return lab;
  }
});

test("an empty AWS_PROFILE is none, as for the SDK", async () => {
  await using lab = await startLab();
  await lab.signIn();
  const body = `
    process.env.AWS_PROFILE = "";
    tell(typeof (await fromMfaSession()()).sessionToken);`;
  const ended = await runApp(lab, body, { AWS_DEFAULT_PROFILE: "dev" });
  expect(ended).toMatchObject({ code: 0, stderr: "", told: ["string"] });
});

test("an option that is null is left out", async () => {
  await using lab = await startLab();
  await lab.signIn();
  const body = `
    const init = { clientConfig: null, parentClientConfig: null, logger: null };
    tell(await whoAmI(new STSClient({ credentials: fromMfaSession(init) })));`;
  expect(await runApp(lab, body)).toMatchObject({ code: 0, stderr: "", told: [arnOf(lab)] });
});

test("filepath and configFilepath are read in the place of the usual files", async () => {
  await using lab = await startLab();
  await using desk = await openCodeDesk(lab);
  mkdirSync(join(lab.home, "else"));
  for (const name of ["config", "credentials"]) {
    renameSync(join(lab.home, ".aws", name), join(lab.home, "else", name));
  }
  const files = `filepath: "${lab.home}/else/credentials", configFilepath: "${lab.home}/else/config"`;
  const body = `tell(await whoAmI(new STSClient({ region: "eu-west-1", credentials: fromMfaSession({ ${files} }) })));`;
  const ended = await runApp(lab, body, { AWS_MFA_PROCESS: desk.program });
  expect(ended).toMatchObject({ code: 0, stderr: "", told: [arnOf(lab)] });
});

describe("clientConfig and parentClientConfig", () => {
  const url = "process.env.SANDBOX";
  const rows: [init: string, region: string][] = [
    [`{ clientConfig: { endpoint: ${url} } }`, "us-east-1"],
    [`{ clientConfig: { endpoint: ${url}, region: "eu-west-1" } }`, "eu-west-1"],
    [`{ clientConfig: { endpoint: ${url}, region: async () => "eu-west-2" } }`, "eu-west-2"],
    [
      `{ clientConfig: { endpoint: ${url} }, parentClientConfig: { region: "eu-west-3" } }`,
      "eu-west-3",
    ],
    [
      `{ clientConfig: { endpoint: ${url}, region: "eu-west-1" }, parentClientConfig: { region: "eu-west-3" } }`,
      "eu-west-1",
    ],
    [
      `{ clientConfig: { endpoint: ${url} }, parentClientConfig: new STSClient({ region: "eu-north-1" }).config }`,
      "eu-north-1",
    ],
  ];

  test.each(rows)("%s", async (init, region) => {
    await using lab = await startLab();
    const code = lab.sandbox.freshCode("alice");
    const more = {
      AWS_MFA_TOKEN: code,
      SANDBOX: lab.sandbox.url,
      // Nobody is there.
      AWS_ENDPOINT_URL: "http://127.0.0.1:9",
      AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "true",
    };
    const ended = await runApp(
      lab,
      `tell(typeof (await fromMfaSession(${init})()).sessionToken);`,
      more,
    );
    expect(ended).toMatchObject({ code: 0, stderr: "", told: ["string"] });
    expect(lab.sandbox.calls.map((call) => call.region)).toEqual([region]);
  });

  const handlers: [title: string, init: string, used: number][] = [
    ["clientConfig's", "{ clientConfig: { requestHandler } }", 1],
    ["parentClientConfig's", "{ parentClientConfig: { requestHandler } }", 1],
    [
      "one for HTTP/2 is not",
      "{ parentClientConfig: { requestHandler: Object.assign(requestHandler, { metadata: { handlerProtocol: 'h2' } }) } }",
      0,
    ],
  ];

  test.each(handlers)(
    "a request handler of the program is used, and stays open: %s",
    async (_title, init, used) => {
      await using lab = await startLab();
      const body = `
      const own = new STSClient({}).config.requestHandler;
      const seen = { handled: 0, destroyed: 0 };
      const requestHandler = {
        metadata: own.metadata,
        handle: (...all) => (seen.handled++, own.handle(...all)),
        destroy: () => void seen.destroyed++,
        updateHttpClientConfig: (...all) => own.updateHttpClientConfig(...all),
        httpHandlerConfigs: () => own.httpHandlerConfigs(),
      };
      await fromMfaSession(${init})();
      tell(seen);`;
      const ended = await runApp(lab, body, { AWS_MFA_TOKEN: lab.sandbox.freshCode("alice") });
      expect(ended).toMatchObject({ code: 0, stderr: "", told: [{ handled: used, destroyed: 0 }] });
    },
  );
});

describe("a logger hears what is decided, and no secret", () => {
  test.each(["{ logger }", "{ parentClientConfig: { logger } }"])("%s", async (init) => {
    await using lab = await startLab();
    const code = lab.sandbox.freshCode("alice");
    const body = `
      const heard = [];
      const logger = { debug: (...all) => void heard.push(...all), info() {}, warn() {}, error() {} };
      const provider = fromMfaSession(${init});
      const { secretAccessKey, sessionToken } = await provider();
      await provider();
      tell(heard);
      tell([secretAccessKey, sessionToken]);`;
    const { told, stderr } = await runApp(lab, body, { AWS_MFA_TOKEN: code });
    const [heard, secrets] = told as [string[], string[]];
    expect(stderr).toBe("");
    expect(heard.length).toBeGreaterThanOrEqual(2);
    expect(heard[0]).toMatch(/^awsmfa: .*dev/);
    const unsaid = [...secrets, code, lab.sandbox.user("alice").secretAccessKey];
    for (const secret of unsaid) expect(heard.join("\n")).not.toContain(secret);
  });
});
