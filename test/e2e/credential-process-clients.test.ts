import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { awsCommands, python } from "../support/commands.ts";
import { onTerminal, type OnTerminal } from "../support/on-terminal.ts";
import { run, type Ended } from "../support/run.ts";
import { startProcessHome, type ProcessHome } from "./process-home.ts";

const root = join(import.meta.dirname, "../..");

/** A program that knows nothing of awsmfa; it has two arguments: how often it asks AWS, and until when. */
interface Client {
  readonly name: string;
  readonly file: string;
  readonly args: (least: number, end: string) => string[];
  /** What it makes of our message that nobody can be asked. */
  readonly says: string;
}

const reader = join(root, "test/e2e/sdk-reader.py");
const jsReader = join(root, "test/fixtures/js-sdk-reader.mjs");

const programs: readonly Client[] = [
  {
    name: "boto3",
    file: python,
    args: (least, end) => [reader, String(least), end],
    says: "awsmfa: no MFA code for phone (profile dev), and nobody to ask.",
  },
  {
    name: "the AWS SDK for JavaScript",
    file: process.execPath,
    args: (least, end) => [jsReader, String(least), end],
    // It keeps every reason for itself.
    says: "Could not load credentials from any providers",
  },
];

/** The SDK for JavaScript would warn of it. */
const aboutNode = { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" };

function environmentOf(home: ProcessHome, own = home.env): Readonly<Record<string, string>> {
  return { ...own, ...aboutNode, AWS_PROFILE: "dev-mfa", APP_HOME: `${root}/` };
}

/** The keys that AWS was asked with, each once. */
function keysSeen({ sandbox }: ProcessHome): string[] {
  const calls = sandbox.calls.filter(({ operation }) => operation === "GetCallerIdentity");
  return [...new Set(calls.map(({ accessKeyId = "none" }) => accessKeyId))];
}

/** Runs one to its end, after three calls. */
function reads({ file, args }: Client, env: Readonly<Record<string, string>>): Promise<Ended> {
  return run(file, args(3, "/"), { env });
}

describe.concurrent("a program with an SDK", () => {
  test.each(programs)("$name: one prompt, and none for the next one", async (client) => {
    await using home = await startProcessHome();
    for (const env of [environmentOf(home), environmentOf(home, home.alone)]) {
      const ended = await reads(client, env);
      expect(ended).toMatchObject({ code: 0, stderr: "" });
      expect(JSON.parse(ended.stdout)).toEqual({ errors: [] });
    }
    const [key, ...others] = keysSeen(home);
    expect(key).toMatch(/^ASIA/);
    expect(others).toEqual([]);
    expect(home.prompts()).toHaveLength(1);
  });

  test.each(programs)("$name: fails where nobody can be asked", async (client) => {
    await using home = await startProcessHome();
    const { stdout } = await reads(client, environmentOf(home, home.alone));
    const { errors } = JSON.parse(stdout) as { errors: string[] };
    expect(errors).toHaveLength(3);
    for (const error of errors) expect(error).toContain(client.says);
  });

  test.each(programs)("$name: works on past the ends of its sessions", async (client) => {
    await using home = await startProcessHome({ sessionSeconds: 6 });
    const program = run(client.file, client.args(1, join(home.home, "end")), {
      env: environmentOf(home),
    });
    while (keysSeen(home).length < 3) await sleep(50);
    home.write("end", "");
    const { stdout, stderr, code } = await program;
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(JSON.parse(stdout)).toEqual({ errors: [] });
    expect(home.prompts()).toHaveLength(keysSeen(home).length);
  });
});

describe.concurrent.each(awsCommands)("aws $version", ({ path }) => {
  const whoAmI = (home: ProcessHome) => [
    "sts",
    "get-caller-identity",
    "--query=Arn",
    "--output=text",
    "--endpoint-url",
    home.sandbox.url,
  ];
  const arn = "arn:aws:iam::123456789012:user/alice\n";

  test("one prompt, and none for the next one", async () => {
    await using home = await startProcessHome();
    for (const env of [environmentOf(home), environmentOf(home, home.alone)]) {
      expect(await run(path, whoAmI(home), { env })).toMatchObject({
        code: 0,
        stdout: arn,
        stderr: "",
      });
    }
    const { AWS_PROFILE: _none, ...env } = environmentOf(home, home.alone);
    const named = await run(path, [...whoAmI(home), "--profile", "dev-mfa"], { env });
    expect(named).toMatchObject({ code: 0, stdout: arn });
    expect(home.prompts()).toHaveLength(1);
  });

  test("our message is shown where nobody can be asked", async () => {
    await using home = await startProcessHome();
    const ended = await run(path, whoAmI(home), { env: environmentOf(home, home.alone) });
    expect(ended).toMatchObject({ code: expect.toSatisfy((code) => code !== 0), stdout: "" });
    expect(ended.stderr).toContain(
      "awsmfa: no MFA code for phone (profile dev), and nobody to ask.\n  Run it in the foreground",
    );
  });
});

/** Every client as somebody runs it at a terminal: it keeps what a credential_process says for itself. */
const atTerminal = [
  ...programs.map(({ name, file, args }) => ({
    name,
    file,
    args: () => args(1, "/"),
    right: '"errors": ?\\[\\]',
  })),
  ...awsCommands.map(({ version, path }) => ({
    name: `aws ${version}`,
    file: path,
    args: ({ sandbox }: ProcessHome) => [
      "sts",
      "get-caller-identity",
      "--endpoint-url",
      sandbox.url,
    ],
    right: ":user/alice",
  })),
];

describe.concurrent.each(atTerminal)("$name at a terminal", ({ name, file, args, right }) => {
  const prompt = "MFA code for phone (profile dev): ";
  const start = (home: ProcessHome): OnTerminal =>
    onTerminal(file, args(home), { ...environmentOf(home, home.atTerminal), AWS_PAGER: "" });

  test("asks there, says why it asks again, and goes on", async () => {
    await using home = await startProcessHome();
    const terminal = start(home);
    await terminal.until(prompt);
    terminal.type(`${home.sandbox.wrongCode("alice")}\r`);
    await terminal.until("awsmfa: that code is wrong or already used: wait for the next code.");
    await terminal.until(prompt);
    terminal.type(`${home.sandbox.freshCode("alice")}\r`);
    expect(await terminal.ended).toEqual({ exitCode: 0, signal: 0 });
    expect(terminal.shown).toMatch(new RegExp(right));
    expect(terminal.shown.split("wrong or already used")).toHaveLength(2);
  });

  test("says what came of three wrong codes", async () => {
    await using home = await startProcessHome();
    const terminal = start(home);
    for (let attempt = 0; attempt < 3; attempt++) {
      await terminal.until(prompt);
      terminal.type(`${home.sandbox.wrongCode("alice")}\r`);
    }
    await terminal.until("awsmfa: AWS did not accept that code");
    // The SDK for JavaScript begins anew: twice is what it does with everything that fails.
    if (name.endsWith("JavaScript")) {
      await terminal.until(prompt);
      terminal.type("\x03");
    }
    await terminal.ended;
  });

  test("^C at the prompt ends it, with nothing stored", async () => {
    await using home = await startProcessHome();
    const terminal = start(home);
    await terminal.until(prompt);
    terminal.type("\x03");
    const { exitCode, signal } = await terminal.ended;
    expect([exitCode, signal]).not.toEqual([0, 0]);
    expect(terminal.shown.split(prompt)).toHaveLength(2);
    expect(home.asked()).toEqual([]);
  });
});
