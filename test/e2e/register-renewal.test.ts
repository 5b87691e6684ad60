import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import type { Lab } from "../support/lab.ts";
import { onTerminal } from "../support/on-terminal.ts";
import { addRoles } from "../support/role-profiles.ts";
import { changeStored, lasting, storedFor } from "../support/stored.ts";
import {
  calls,
  expectNothingSecret,
  labWithCodes,
  programEnv,
  register,
  runRegistered,
  service,
} from "./registered.ts";

const clockAhead = join(import.meta.dirname, "../fixtures/clock-ahead.cjs");

/** Prints what it has in its environment after so many seconds. */
function waits(lab: Lab, seconds: number, first = ""): string {
  const text = `${first};setTimeout(() => console.log(process.env.AWS_ACCESS_KEY_ID), ${seconds * 1000})`;
  return lab.write("waits.cjs", text);
}

describe.concurrent("a program that runs on", () => {
  test("makes calls across the ends of short sessions, with a code for each", async () => {
    await using lab = await labWithCodes({ sessionSeconds: 8 });
    const ended = await runRegistered(lab, { APP_SECONDS: "19" });
    expect(ended).toMatchObject({ code: 0, stderr: "" });
    const made = calls(lab, "GetCallerIdentity");
    expect(made.length).toBeGreaterThan(80);
    expect(made.filter(({ status, mfa }) => status !== 200 || !mfa)).toEqual([]);
    const sessions = new Set(made.map(({ accessKeyId }) => accessKeyId)).size;
    expect(sessions).toBeGreaterThanOrEqual(4);
    expect(lab.codes()).toBeLessThanOrEqual(sessions + 1);
    expect(calls(lab, "GetSessionToken").filter(({ status }) => status !== 200)).toEqual([]);
    expectNothingSecret(lab, ended.stderr);
  });

  test("a session of twelve hours is renewed 15 minutes before its end", async () => {
    await using lab = await labWithCodes();
    await lab.signIn();
    changeStored(lab, "dev", lasting(43_200 - 903, 903));
    const before = storedFor(lab, "dev")["access_key_id"];
    const ended = await runRegistered(lab, {}, [waits(lab, 6)]);
    const after = storedFor(lab, "dev")["access_key_id"];
    expect(ended).toMatchObject({ code: 0, stdout: `${after}\n`, stderr: "" });
    expect(after).not.toBe(before);
    expect(lab.codes()).toBe(2);
  });

  test("that of a role without a code", async () => {
    await using lab = await labWithCodes({ roles: [{ name: "admin", trust: { mfa: true } }] });
    addRoles(lab, { admin: {} });
    await lab.signIn({ AWS_PROFILE: "admin" });
    changeStored(lab, "admin", lasting(3600 - 903, 903));
    const ended = await runRegistered(lab, { AWS_PROFILE: "admin" }, [waits(lab, 6)]);
    const after = storedFor(lab, "admin")["access_key_id"];
    expect(ended).toMatchObject({ code: 0, stdout: `${after}\n`, stderr: "" });
    expect(calls(lab, "AssumeRole")).toHaveLength(2);
    expect(lab.codes()).toBe(1);
  });

  test("takes the session that another program was given meanwhile, without a code", async () => {
    await using lab = await labWithCodes();
    await lab.signIn();
    changeStored(lab, "dev", lasting(43_200 - 905, 905));
    const program = runRegistered(lab, { AWS_MFA_PROMPT: "none" }, [waits(lab, 8)]);
    await sleep(2500);
    changeStored(lab, "dev", { access_key_id: "ASIAOTHER", ...lasting(1, 43_199) });
    expect(await program).toMatchObject({ code: 0, stdout: "ASIAOTHER\n", stderr: "" });
    expect(lab.codes()).toBe(1);
  });

  test("a clock that is a day ahead does not ask for code after code", async () => {
    await using lab = await labWithCodes();
    const ahead = {
      CLOCK_FILE: lab.write("clock", "86400000"),
      NODE_OPTIONS: `--require ${clockAhead}`,
    };
    const ended = await runRegistered(lab, ahead, [waits(lab, 6)]);
    expect(ended).toMatchObject({ code: 0, stdout: expect.stringMatching(/^ASIA/) });
    // Without what was signed with the wrong time at first.
    expect(calls(lab, "GetSessionToken").filter(({ status }) => status === 200)).toHaveLength(1);
  });

  // prettier-ignore
  test.each<[name: string, first: string, left: (before: string, after: string) => string]>([
    ["keys that it has set itself", "process.env.AWS_ACCESS_KEY_ID = 'AKIAOWN'", () => "AKIAOWN"],
    ["no keys", "delete process.env.AWS_ACCESS_KEY_ID", () => "undefined"],
    ["another region", "process.env.AWS_REGION = 'eu-west-1'; process.on('exit', () => console.log(process.env.AWS_REGION))", (_before, after) => `${after}\neu-west-1`],
    ["another object", "process.env = { ...process.env }", (_before, after) => after],
  ])("keeps %s", async (_name, first, left) => {
    await using lab = await labWithCodes();
    await lab.signIn();
    changeStored(lab, "dev", lasting(43_200 - 902, 902));
    const before = storedFor(lab, "dev")["access_key_id"]!;
    const ended = await runRegistered(lab, {}, [waits(lab, 5, first)]);
    const after = storedFor(lab, "dev")["access_key_id"]!;
    expect(ended).toMatchObject({ code: 0, stdout: `${left(before, after)}\n`, stderr: "" });
  });

  test("is told once that there is no other session, and of nothing else", async () => {
    await using lab = await labWithCodes({ sessionSeconds: 4 });
    const program = `require("fs").rmSync(process.env.HOME + "/code");`;
    const ended = await runRegistered(lab, {}, [waits(lab, 24, program)]);
    expect(ended.code).toBe(0);
    expect(ended.stderr.match(/no MFA code|mfa_process failed/g)).toHaveLength(2);
    expect(lab.codes()).toBe(1);
    expectNothingSecret(lab, ended.stderr);
  });
});

describe.concurrent("a renewal that nobody answers", () => {
  /** A lab whose second code never comes; the process that is to give it is named in the file `pid`. */
  async function labWithoutAnswer(): Promise<Awaited<ReturnType<typeof labWithCodes>>> {
    const lab = await labWithCodes({ sessionSeconds: 4 });
    const wait = `#!/bin/bash\nif [ -e "$HOME/given" ]; then echo $$ >"$HOME/pid"; exec sleep 60; fi\ntouch "$HOME/given"\ncat "$HOME/code"\n`;
    lab.write("give-code", wait);
    return lab;
  }

  test("does not keep a program that is done, and ends with it", async () => {
    await using lab = await labWithoutAnswer();
    const start = performance.now();
    const ended = await runRegistered(lab, {}, [waits(lab, 4)]);
    expect(ended).toMatchObject({ code: 0, signal: null, stderr: "" });
    expect(performance.now() - start).toBeLessThan(6500);
    await expectGone(lab);
  });

  test("ends with a program that is killed", async () => {
    await using lab = await labWithoutAnswer();
    const ended = await runRegistered(lab, {}, [
      lab.write("dies.cjs", "setTimeout(() => process.kill(process.pid, 'SIGKILL'), 4000)"),
    ]);
    expect(ended).toMatchObject({ code: null, signal: "SIGKILL" });
    await expectGone(lab);
  });

  async function expectGone(lab: Lab): Promise<void> {
    const pid = Number(readFileSync(`${lab.home}/pid`, "utf8"));
    for (let attempt = 0; attempt < 40 && isAlive(pid); attempt++) await sleep(50);
    expect(isAlive(pid)).toBe(false);
  }
});

test("a session that is there does not keep a program either", async () => {
  await using lab = await labWithCodes();
  await lab.signIn();
  const start = performance.now();
  expect(await runRegistered(lab, {}, ["-p", "1"])).toMatchObject({ code: 0, stdout: "1\n" });
  expect(performance.now() - start).toBeLessThan(2500);
});

describe.concurrent("on a terminal", () => {
  const prompt = "MFA code for phone (profile dev): ";

  function start(lab: Lab, program: string) {
    lab.write(".aws/config", `[profile dev]\nregion = us-east-1\nmfa_serial = ${lab.serial}\n`);
    return onTerminal(
      process.execPath,
      ["--require", register, program],
      programEnv(lab, { APP_SECONDS: "8" }),
    );
  }

  test("it asks for the next code while the program goes on", async () => {
    await using lab = await labWithCodes({ sessionSeconds: 10 });
    const terminal = start(lab, service);
    await terminal.until(prompt);
    terminal.type(`${lab.sandbox.freshCode("alice")}\r`);
    await terminal.until(prompt);
    terminal.type(`${lab.sandbox.freshCode("alice")}\r`);
    await terminal.until("user/alice");
    expect(await terminal.ended).toMatchObject({ exitCode: 0 });
    expect(lab.codes()).toBe(2);
  });

  test("it does not ask where the program reads what is typed", async () => {
    await using lab = await labWithCodes({ sessionSeconds: 4 });
    const reads = `const { createInterface } = require("readline");
      createInterface({ input: process.stdin }).on("line", (line) => { console.log("read " + line); process.exit(); });`;
    const terminal = start(lab, lab.write("reads.cjs", reads));
    await terminal.until(prompt);
    terminal.type(`${lab.sandbox.freshCode("alice")}\r`);
    await terminal.until("no MFA code for phone (profile dev), and nobody to ask");
    terminal.type("123456\r");
    await terminal.until("read 123456");
    expect(terminal.shown.split(prompt)).toHaveLength(2);
    expect(lab.codes()).toBe(1);
  });
});

function isAlive(pid: number): boolean {
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}
