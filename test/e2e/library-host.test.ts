import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openCodeDesk } from "../support/code-desk.ts";
import { devSection, keysSection, startLab, type Lab } from "../support/lab.ts";
import { onTerminal, type OnTerminal } from "../support/on-terminal.ts";
import { addRoles } from "../support/role-profiles.ts";
import { appEnv, runApp, writeApp } from "../support/sdk-app.ts";

const prompt = "MFA code for phone (profile dev): ";

/** What of a process somebody else might see changed. Node itself looks at its streams, in any conversation. */
const looks = `
  const streams = [process.stdin, process.stdout, process.stderr];
  process.stdin.unref();
  const signals = ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGCONT", "SIGUSR1", "SIGUSR2", "SIGTSTP", "SIGWINCH", "SIGPIPE"];
  const events = [...signals, "exit", "beforeExit", "uncaughtException", "unhandledRejection", "warning"];
  const look = () => ({
    listeners: events.map((name) => [name, process.listenerCount(name)]),
    env: JSON.stringify(process.env),
    streams: [process.stdin, process.stdout, process.stderr].map((stream, index) => [
      stream === streams[index],
      ["data", "error", "end", "close", "drain", "finish"].map((name) => stream.listenerCount(name)),
    ]),
    umask: process.umask(),
    cwd: process.cwd(),
    title: process.title,
    open: process.getActiveResourcesInfo().filter((name) => !/^(FSReq|Immediate)/.test(name)).toSorted(),
  });`;

describe("nothing of ours stays in the program", () => {
  const ways: [title: string, init: string, env: (program: string) => Record<string, string>][] = [
    [
      "a code of the program's own",
      "{ mfaCodeProvider: async () => process.env.CODE }",
      () => ({}),
    ],
    ["mfa_process", "{}", (program) => ({ AWS_MFA_PROCESS: program })],
    ["askpass", "{}", (program) => ({ AWS_MFA_PROMPT: "askpass", AWS_MFA_ASKPASS: program })],
    ["a role", "{ profile: 'admin' }", (program) => ({ AWS_MFA_PROCESS: program })],
    ["nobody to ask", "{}", () => ({ AWS_MFA_PROMPT: "none" })],
  ];

  test.each(ways)("%s", async (_title, init, env) => {
    await using lab = await startLab();
    await using desk = await openCodeDesk(lab);
    addRoles(lab, { admin: {} });
    const body = `${looks}
      const before = look();
      await fromMfaSession(${init})().catch(() => undefined);
      tell(before);
      tell(look());`;
    const more = { CODE: lab.sandbox.freshCode("alice"), ...env(desk.program) };
    const { code, stderr, told } = await runApp(lab, body, more);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const [before, after] = told;
    expect(after).toEqual(before);
  });

  test("nor after a prompt on the terminal: the program ends by itself", async () => {
    await using lab = await startLab();
    const body = `${looks}
      const before = JSON.stringify(look());
      await fromMfaSession()();
      tell(JSON.stringify(look()) === before ? "the same" : [before, look()]);`;
    const terminal = onTerminal(process.execPath, [writeApp(lab, body)], appEnv(lab));
    await terminal.until(prompt);
    terminal.type(`${lab.sandbox.freshCode("alice")}\r`);
    await terminal.until('"the same"');
    expect(await terminal.ended).toEqual({ exitCode: 0, signal: 0 });
  });
});

describe("a program that reads the terminal itself", () => {
  /** Waits for each to be shown: the terminal does that where it is the prompt that reads. */
  async function typeSlowly(terminal: OnTerminal, text: string): Promise<void> {
    for (const key of text) {
      terminal.type(key);
      await terminal.until(key);
    }
    terminal.type("\r");
  }

  test("waits while somebody is asked, and then reads on", async () => {
    await using lab = await startLab();
    const body = `
      const lines = require("node:readline/promises").createInterface({ input: process.stdin, output: process.stdout });
      await lines.question("name? ");
      tell(typeof (await fromMfaSession()()).sessionToken);
      tell(await lines.question("again? "));
      lines.close();`;
    const terminal = onTerminal(process.execPath, [writeApp(lab, body)], appEnv(lab));
    await terminal.until("name? ");
    terminal.type("me\r");
    await terminal.until(prompt);
    // Chance would give some of these to the program.
    for (let line = 0; line < 8; line++) {
      await typeSlowly(terminal, "no");
      await terminal.until(prompt);
    }
    await typeSlowly(terminal, lab.sandbox.freshCode("alice"));
    await terminal.until('"string"');
    await terminal.until("again? ");
    terminal.type("yes\r");
    await terminal.until('"yes"');
    expect(await terminal.ended).toEqual({ exitCode: 0, signal: 0 });
  });

  test("reads it afterwards as it did before: a REPL, key by key", async () => {
    await using lab = await startLab();
    const body = `
      const { context } = require("node:repl").start("> ");
      context.get = async () => tell(typeof (await fromMfaSession()()).sessionToken);
      context.look = () => tell(["raw", process.stdin.isRaw]);`;
    const terminal = onTerminal(process.execPath, [writeApp(lab, body)], appEnv(lab));
    await terminal.until("> ");
    terminal.type("get()\r");
    await terminal.until(prompt);
    await typeSlowly(terminal, lab.sandbox.freshCode("alice"));
    await terminal.until('"string"');
    terminal.type("look()\r");
    await terminal.until('["raw",true]');
    terminal.type(".exit\r");
    expect(await terminal.ended).toEqual({ exitCode: 0, signal: 0 });
  });

  test("leaves it to an mfa_process that reads it", async () => {
    await using lab = await startLab();
    const body = `
      const lines = require("node:readline").createInterface({ input: process.stdin, output: process.stdout });
      tell(typeof (await fromMfaSession()()).sessionToken);
      lines.close();`;
    const env = appEnv(lab, { AWS_MFA_PROCESS: `printf 'code? ' >&2; read code; echo "$code"` });
    const terminal = onTerminal(process.execPath, [writeApp(lab, body)], env);
    await terminal.until("code? ");
    await typeSlowly(terminal, lab.sandbox.freshCode("alice"));
    await terminal.until('"string"');
    expect(await terminal.ended).toEqual({ exitCode: 0, signal: 0 });
  });

  test("reads on while an askpass program asks", async () => {
    await using lab = await startLab();
    const [asked, go] = [join(lab.home, "asked"), join(lab.home, "go")];
    const askpass = lab.write(
      "bin/askpass",
      `#!/bin/sh\n>${asked}; while [ ! -s ${go} ]; do sleep 0.05; done; cat ${go}\n`,
    );
    chmodSync(askpass, 0o755);
    const body = `
      const lines = require("node:readline/promises").createInterface({ input: process.stdin, output: process.stdout });
      const asking = fromMfaSession()();
      while (!require("node:fs").existsSync("${asked}")) await sleep(20);
      tell(await lines.question("name? "));
      tell(typeof (await asking).sessionToken);
      lines.close();`;
    const env = appEnv(lab, { AWS_MFA_PROMPT: "askpass", AWS_MFA_ASKPASS: askpass });
    const terminal = onTerminal(process.execPath, [writeApp(lab, body)], env);
    await terminal.until("name? ");
    terminal.type("me\r");
    await terminal.until('"me"');
    writeFileSync(go, lab.sandbox.freshCode("alice"));
    await terminal.until('"string"');
    expect(await terminal.ended).toEqual({ exitCode: 0, signal: 0 });
  });

  test("has one prompt at a time, for whomever", async () => {
    const users = ["alice", "bob"].map((name) => ({ name, devices: [`${name}s-phone`] }));
    await using lab = await startLab({ users });
    const { sandbox } = lab;
    const all = users.map(({ name }) => sandbox.user(name));
    lab.write(".aws/config", all.map(({ name, serial }) => devSection(serial, name)).join(""));
    lab.write(".aws/credentials", all.map((user) => keysSection(user.name, user)).join(""));
    const body = `
      const arns = ["alice", "bob"].map(async (profile) =>
        whoAmI(new STSClient({ profile, credentials: fromMfaSession({ profile }) })));
      tell((await Promise.all(arns)).map((arn) => arn.replace(/.*user./, "")));`;
    const terminal = onTerminal(process.execPath, [writeApp(lab, body)], appEnv(lab));
    const asked: string[] = [];
    for (const _ of users) {
      await terminal.until("MFA code for ");
      await terminal.until("): ");
      const { name } = all.findLast((user) => terminal.shown.endsWith(`(profile ${user.name}): `))!;
      asked.push(name);
      terminal.type(`${sandbox.freshCode(name)}\r`);
    }
    await terminal.until('["alice","bob"]');
    expect(asked.toSorted()).toEqual(["alice", "bob"]);
    expect(await terminal.ended).toEqual({ exitCode: 0, signal: 0 });
  });

  test("and has stopped to meanwhile, ends by itself", async () => {
    await using lab = await startLab();
    const body = `
      const lines = require("node:readline").createInterface({ input: process.stdin, output: process.stdout });
      const asking = fromMfaSession()();
      process.on("SIGUSR2", () => { lines.close(); tell("closed"); });
      tell(typeof (await asking).sessionToken);`;
    const terminal = onTerminal(process.execPath, [writeApp(lab, body)], appEnv(lab));
    await terminal.until(prompt);
    process.kill(terminal.pid, "SIGUSR2");
    await terminal.until('"closed"');
    await typeSlowly(terminal, lab.sandbox.freshCode("alice"));
    await terminal.until('"string"');
    expect(await terminal.ended).toEqual({ exitCode: 0, signal: 0 });
  });
});

describe("^C at the prompt", () => {
  test("ends a program that does not listen", async () => {
    await using lab = await startLab();
    const body = `process.on("exit", () => tell("exit")); await fromMfaSession()(); tell("went on");`;
    const terminal = onTerminal(process.execPath, [writeApp(lab, body)], appEnv(lab));
    await terminal.until(prompt);
    terminal.type("\u0003");
    expect(await terminal.ended).toMatchObject({ signal: 2 });
    expect(terminal.shown).not.toMatch(/exit|went on|awsmfa:|Error/);
  });

  test("is told to one that does, and it can ask again", async () => {
    await using lab = await startLab();
    const body = `
      process.on("SIGINT", () => tell("heard"));
      const provider = fromMfaSession();
      tell(await provider().catch(told));
      tell(typeof (await provider()).sessionToken);
      process.exit(7);`;
    const terminal = onTerminal(process.execPath, [writeApp(lab, body)], appEnv(lab));
    await terminal.until(prompt);
    terminal.type("\u0003");
    await terminal.until('"code":"Interrupted","tryNextLink":false');
    await terminal.until(prompt);
    terminal.type(`${lab.sandbox.freshCode("alice")}\r`);
    await terminal.until('"string"');
    expect(await terminal.ended).toEqual({ exitCode: 7, signal: 0 });
    expect(terminal.shown.match(/"heard"/g)).toHaveLength(1);
  });

  test("while mfa_process runs ends both", async () => {
    await using lab = await startLab();
    const log = join(lab.home, "log");
    const mfaProcess = `trap 'echo told >>${log}; exit 1' INT; echo begun >/dev/tty; sleep 987 & wait`;
    const terminal = onTerminal(
      process.execPath,
      [writeApp(lab, 'await fromMfaSession()(); tell("went on");')],
      appEnv(lab, { AWS_MFA_PROCESS: mfaProcess }),
    );
    await terminal.until("begun");
    terminal.type("\u0003");
    expect(await terminal.ended).toMatchObject({ signal: 2 });
    expect(readFileSync(log, "utf8")).toBe("told\n");
  });
});

describe("while mfa_process runs", () => {
  /** Begins to ask, and does something once the process for codes runs and can be told to end. */
  const whenAsked = (act: string): string => `
    const asking = fromMfaSession()().catch((error) => tell(error.code));
    while (!require("node:fs").existsSync(process.env.BEGUN)) await sleep(20);
    ${act}
    await asking;
    tell("over");`;
  const start = async (lab: Lab, act: string) => {
    const [begun, log] = [join(lab.home, "begun"), join(lab.home, "log")];
    const mfaProcess = `trap 'echo told >>${log}; exit 1' TERM; sleep 987 & >${begun}; wait`;
    const env = { AWS_MFA_PROMPT: "none", AWS_MFA_PROCESS: mfaProcess, BEGUN: begun };
    const ended = await runApp(lab, whenAsked(act), env);
    return { ended, log: readFileSync(log, "utf8") };
  };
  const term = `process.kill(process.pid, "SIGTERM");`;

  test("TERM is heard once by a program that listens, and ends that process", async () => {
    await using lab = await startLab();
    const { ended, log } = await start(lab, `process.on("SIGTERM", () => tell("TERM")); ${term}`);
    expect(ended).toMatchObject({ code: 0, signal: null, told: ["TERM", "NoCode", "over"] });
    expect(log).toBe("told\n");
  });

  test("TERM ends a program that does not listen, and that process", async () => {
    await using lab = await startLab();
    const { ended, log } = await start(lab, term);
    expect(ended).toMatchObject({ code: null, signal: "SIGTERM", told: [] });
    expect(log).toBe("told\n");
  });

  test.each<[what: string, act: string, code: number, says: string]>([
    ["the program's end", "process.exit(3);", 3, ""],
    ["an error that nobody handles", `setImmediate(() => { throw "oops"; });`, 1, "oops"],
  ])("%s ends that process", async (_what, act, code, says) => {
    await using lab = await startLab();
    const { ended, log } = await start(lab, act);
    expect(ended).toMatchObject({ code, told: [], stderr: expect.stringContaining(says) });
    expect(log).toBe("told\n");
  });
});
