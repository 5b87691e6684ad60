import { cpSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startSandbox, type Sandbox } from "../../src/sandbox/sandbox.ts";
import { awsmfa } from "../support/commands.ts";
import { onTerminal, type OnTerminal } from "../support/on-terminal.ts";
import { run, type Ended } from "../support/run.ts";
import { userHome, usersNamed, type UserHome } from "./user-home.ts";

const many = 50;
const people = Array.from({ length: 40 }, (_, index) => `user-${index}`);

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ users: usersNamed(people) });
});
afterAll(() => sandbox.close());

const session = ["session", "s3", "ls"];

/** The program by its locks: a copy without its native dependency has lock files with a process id. */
const programs = [
  ["kernel locks", () => awsmfa],
  [
    "lock files",
    (home: UserHome) => {
      cpSync(dirname(awsmfa), join(home.home, "program"), { recursive: true });
      return join(home.home, "program/awsmfa.cjs");
    },
  ],
] as const;

function nextHome(): UserHome {
  return userHome(sandbox, people.pop()!);
}

function prompt({ user }: UserHome): string {
  return `MFA code for phone-of-${user.name} (profile dev): `;
}

function startOnTerminal(
  { env }: UserHome,
  program: string = awsmfa,
  more: Readonly<Record<string, string>> = {},
): OnTerminal {
  return onTerminal(process.execPath, [program, ...session], { ...env, ...more });
}

/** Starts it without a terminal. */
function start(
  { env }: UserHome,
  program: string = awsmfa,
  more: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  return run(process.execPath, [program, ...session], { env: { ...env, ...more } });
}

function typeCode({ user }: UserHome, terminal: OnTerminal): void {
  terminal.type(`${sandbox.freshCode(user.name)}\r`);
}

function occurrences(text: string, of: string | RegExp): number {
  return text.split(of).length - 1;
}

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}

describe.each(programs)(`${many} processes at once, with %s`, (_title, programOf) => {
  test("on one terminal: one prompt, one request, and all of them run aws", async () => {
    using home = nextHome();
    const command = `seq ${many} | xargs -P ${many} -I{} '${process.execPath}' '${programOf(home)}' ${session.join(" ")}`;
    const terminal = onTerminal("/bin/bash", ["--norc", "-c", command], home.env);
    await terminal.until(prompt(home));
    // Time for all the others to come, and to break the prompt if they would.
    await sleep(3000);
    expect(terminal.shown).toBe(prompt(home));
    typeCode(home, terminal);
    expect(await terminal.ended).toEqual({ exitCode: 0, signal: 0 });
    expect(occurrences(terminal.shown, "MFA code for")).toBe(1);
    expect(occurrences(terminal.shown, /key=ASIA\w{16}\r\n/)).toBe(many);
    expect(new Set(terminal.shown.match(/key=\w+/g)).size).toBe(1);
    expect(terminal.shown).not.toContain("awsmfa:");
    expect(home.stsCalls()).toBe(1);
  });

  test("without a terminal and one on a terminal: they wait for it", async () => {
    using home = nextHome();
    const program = programOf(home);
    const terminal = startOnTerminal(home, program);
    await terminal.until(prompt(home));
    const others = Array.from({ length: many - 1 }, () => start(home, program));
    await sleep(2000);
    typeCode(home, terminal);
    expect(await terminal.ended).toEqual({ exitCode: 0, signal: 0 });
    const stdout = /key=ASIA\w+/.exec(terminal.shown)?.[0];
    for (const other of await Promise.all(others)) {
      expect(other).toEqual({ code: 0, signal: null, stdout: `${stdout}\n`, stderr: "" });
    }
    expect(occurrences(terminal.shown, "MFA code for")).toBe(1);
    expect(home.stsCalls()).toBe(1);
  });

  test("without a terminal, with AWS_MFA_PROCESS: it is run once", async () => {
    using home = nextHome();
    const log = join(home.home, "log");
    const code = sandbox.freshCode(home.user.name);
    const script = `#!/bin/sh\necho asked >>'${log}'\nsleep 1\necho ${code}\n`;
    const env = { AWS_MFA_PROCESS: home.write("bin/code", script, 0o755) };
    const program = programOf(home);
    const all = await Promise.all(Array.from({ length: many }, () => start(home, program, env)));
    const keys = new Set(all.map(({ stdout }) => stdout));
    expect([...keys]).toEqual([expect.stringMatching(/^key=ASIA\w+\n$/)]);
    for (const { code, stderr } of all) expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(readFileSync(log, "utf8")).toBe("asked\n");
    expect(home.stsCalls()).toBe(1);
  });
});

describe.concurrent.each(programs)("when the one who asks goes away, with %s:", (_t, programOf) => {
  /** One at its prompt, and one on another terminal that waits for it. */
  async function holderAndWaiter(home: UserHome): Promise<[OnTerminal, OnTerminal]> {
    const program = programOf(home);
    const holder = startOnTerminal(home, program);
    await holder.until(prompt(home));
    const waiter = startOnTerminal(home, program);
    await waiter.until(
      `awsmfa: waiting for another awsmfa (process ${holder.pid}), which asks for a code of ` +
        `phone-of-${home.user.name}.`,
    );
    return [holder, waiter];
  }

  async function expectNextAsks(home: UserHome, waiter: OnTerminal, requests = 1): Promise<void> {
    typeCode(home, waiter);
    expect(await waiter.ended).toEqual({ exitCode: 0, signal: 0 });
    expect(waiter.shown).toMatch(/key=ASIA\w+\r\n$/);
    expect(home.stsCalls()).toBe(requests);
  }

  test("killed by SIGKILL, the next asks within two seconds", async () => {
    using home = nextHome();
    const [holder, waiter] = await holderAndWaiter(home);
    process.kill(holder.pid, "SIGKILL");
    expect(await secondsOf(() => waiter.until(prompt(home)))).toBeLessThan(2);
    await expectNextAsks(home, waiter);
  });

  test("SIGTERM and SIGHUP, the same", async () => {
    using home = nextHome();
    const [first, second] = await holderAndWaiter(home);
    const third = startOnTerminal(home, programOf(home));
    await third.until("waiting for another awsmfa");
    process.kill(first.pid, "SIGTERM");
    expect(await first.ended).toMatchObject({ signal: 15 });
    const asking = [second, third].map((each) => each.until(prompt(home)));
    const index = await Promise.any(asking.map((shown, index) => shown.then(() => index)));
    process.kill([second, third][index]!.pid, "SIGHUP");
    expect(await secondsOf(() => asking[1 - index]!)).toBeLessThan(2);
    const last = [third, second][index]!;
    await expectNextAsks(home, last);
  });

  test("^C, the next asks", async () => {
    using home = nextHome();
    const [holder, waiter] = await holderAndWaiter(home);
    holder.type("\x03");
    expect(await holder.ended).toEqual({ exitCode: 0, signal: 2 });
    expect(holder.shown).not.toContain("key=");
    await waiter.until(prompt(home));
    await expectNextAsks(home, waiter);
  });

  test("^D, the next asks", async () => {
    using home = nextHome();
    const [holder, waiter] = await holderAndWaiter(home);
    holder.type("\x04");
    expect(await holder.ended).toEqual({ exitCode: 253, signal: 0 });
    await waiter.until(prompt(home));
    await expectNextAsks(home, waiter);
  });

  test("after three wrong codes, the next asks", async () => {
    using home = nextHome();
    const [holder, waiter] = await holderAndWaiter(home);
    for (const wrong of ["000001", "000002"]) {
      holder.type(`${wrong}\r`);
      await holder.until("that code is wrong or already used: wait for the next code.");
    }
    holder.type("000003\r");
    await holder.until("AWS did not accept that code");
    expect(await holder.ended).toEqual({ exitCode: 254, signal: 0 });
    await waiter.until(prompt(home));
    await expectNextAsks(home, waiter, 4);
  });

  test("^C at a waiter ends that one alone", async () => {
    using home = nextHome();
    const [holder, waiter] = await holderAndWaiter(home);
    waiter.type("\x03");
    expect(await waiter.ended).toEqual({ exitCode: 0, signal: 2 });
    expect(holder.shown).toBe(prompt(home));
    await expectNextAsks(home, holder);
  });

  test("a waiter that could not ask says who was to answer", async () => {
    using home = nextHome();
    const program = programOf(home);
    const holder = startOnTerminal(home, program);
    await holder.until(prompt(home));
    let waiter: Ended | undefined;
    const seconds = await secondsOf(async () => {
      waiter = await start(home, program, { AWS_MFA_LOCK_TIMEOUT: "1" });
    });
    expect(seconds).toBeGreaterThan(1);
    expect(seconds).toBeLessThan(4);
    expect(waiter).toMatchObject({ code: 253, stdout: "" });
    expect(waiter?.stderr).toMatch(
      new RegExp(
        `^awsmfa: another awsmfa \\(process ${holder.pid}\\) still asks for a code of phone-of-`,
      ),
    );
    expect(waiter?.stderr).toContain("AWS_MFA_LOCK_TIMEOUT");
    // Without a way to ask it goes where nobody holds the lock: nobody to wait for any more.
    const next = start(home, program);
    await sleep(1000);
    process.kill(holder.pid, "SIGKILL");
    expect(await next).toMatchObject({ code: 253, stdout: "" });
    expect(home.stsCalls()).toBe(0);
  });

  test("nobody waits for another identity's prompt", async () => {
    using home = nextHome();
    using other = nextHome();
    const program = programOf(home);
    const holder = startOnTerminal(home, program);
    await holder.until(prompt(home));
    const { accessKeyId, secretAccessKey, serial, name } = other.user;
    const keys = {
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_MFA_SERIAL: serial,
      AWS_MFA_TOKEN: sandbox.freshCode(name),
    };
    expect(await start(home, program, keys)).toMatchObject({ code: 0, stderr: "" });
    await expectNextAsks(home, holder);
  });
});

describe("with no terminal and nobody to wait for", () => {
  test("it fails within a second, and tells the three ways to supply a code", async () => {
    using home = nextHome();
    const seconds: number[] = [];
    for (let attempt = 0; attempt < 3; attempt++) {
      seconds.push(
        await secondsOf(async () => {
          const { code, stdout, stderr } = await start(home);
          expect({ code, stdout }).toEqual({ code: 253, stdout: "" });
          expect(stderr).toMatch(/^awsmfa: no MFA code for phone-of-\S+ \(profile dev\), /);
          for (const way of ["terminal", "AWS_MFA_TOKEN", "AWS_MFA_PROCESS"]) {
            expect(stderr).toContain(way);
          }
        }),
      );
    }
    expect(Math.min(...seconds)).toBeLessThan(1);
    expect(home.stsCalls()).toBe(0);
  });
});

test("a stored session is used at once, even while its lock is held", async () => {
  using home = nextHome();
  const holder = startOnTerminal(home);
  await holder.until(prompt(home));
  const waiter = startOnTerminal(home);
  await waiter.until("waiting for another awsmfa");
  // Another computer with the same home, say, whose locks do not reach here.
  const elsewhere = await home.sessionWithCode({ XDG_CACHE_HOME: join(home.home, "elsewhere") });
  expect(elsewhere).toMatchObject({ code: 0 });
  expect(await waiter.ended).toEqual({ exitCode: 0, signal: 0 });
  expect(waiter.shown).toContain(elsewhere.stdout.trim());
  expect(await home.session()).toMatchObject({ code: 0, stdout: elsewhere.stdout, stderr: "" });
  holder.type("\x03");
  await holder.ended;
  expect(home.stsCalls()).toBe(1);
});
