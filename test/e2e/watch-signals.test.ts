import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { childOf } from "../support/on-terminal.ts";
import { holdByPython } from "./held-by-python.ts";
import { processesOf } from "./processes-of.ts";
import { untilHanging } from "./until-hanging.ts";
import { startWatchHome, type WatchHome } from "./watch-home.ts";
import type { Watcher } from "./watcher.ts";

vi.setConfig({ maxConcurrency: 8 });

const dev = ["--profile", "dev"];

/** Nothing of what it has started is left, its locks are free, and the next watcher does its work. */
async function expectNothingLeft(home: WatchHome, rest: readonly string[] = []): Promise<void> {
  await vi.waitFor(() => expect(processesOf(home.home)).toEqual(rest), { timeout: 5000 });
  home.answer = () => home.sandbox.freshCode("alice");
  const next = home.watch([...dev, "--once"]);
  expect(await next.ended).toBe(0);
  expect(next.stderr).not.toContain("waiting");
  expect(await home.arnOf("dev-mfa")).toMatch(/:user\/alice$/);
}

/** What a watcher does when it is told to end. */
interface Moment {
  readonly what: string;
  come(home: WatchHome): Promise<Watcher>;
}

const asks = (answer: "hang" | "stubborn"): Moment => ({
  what: answer === "hang" ? "while askpass hangs" : "while askpass hangs, which will not end",
  come: async (home) => {
    home.answer = () => answer;
    const watcher = home.watch(dev);
    await untilHanging(home);
    return watcher;
  },
});

const moments: readonly Moment[] = [
  {
    what: "while it sleeps",
    come: async (home) => {
      const watcher = home.watch(dev);
      await watcher.until("is renewed");
      return watcher;
    },
  },
  asks("hang"),
  asks("stubborn"),
  {
    what: "while it waits for the next attempt",
    come: async (home) => {
      home.answer = () => "fail";
      const watcher = home.watch(dev);
      await watcher.until("trying again");
      return watcher;
    },
  },
  {
    what: "while AWS keeps it waiting",
    come: async (home) => {
      home.sandbox.trouble.latencyMs = 30_000;
      const called = new Promise<void>((resolve) => home.sandbox.onCall(() => resolve()));
      const watcher = home.watch(dev);
      await called;
      home.sandbox.trouble.latencyMs = 0;
      return watcher;
    },
  },
];

describe.concurrent.each(moments)("$what", ({ come }) => {
  test.each(["SIGTERM", "SIGINT", "SIGKILL"] as const)("%s", async (signal) => {
    await using home = await startWatchHome();
    const watcher = await come(home);
    const started = performance.now();
    watcher.signal(signal);
    expect(await watcher.ended).toBe(signal);
    expect(performance.now() - started).toBeLessThan(5000);
    if (signal !== "SIGKILL")
      expect(watcher.stderr).toMatch(new RegExp(`ended by ${signal}\\.\n$`));
    await expectNothingLeft(home);
  });
});

describe.concurrent("the end of a watcher", () => {
  test.each([
    ["SIGTERM", 143],
    ["SIGINT", 130],
  ] as const)("%s is %i to a shell", async (signal, status) => {
    await using home = await startWatchHome();
    const shell = home.watch(dev, {}, 'trap : INT; "$@"; echo "status $?"');
    await shell.until("is renewed");
    process.kill(childOf(shell.pid), signal);
    await shell.until(`status ${status}\n`);
  });

  test("twice: at once, and askpass ends all the same", async () => {
    await using home = await startWatchHome();
    const watcher = await asks("stubborn").come(home);
    watcher.signal("SIGTERM");
    watcher.signal("SIGINT");
    expect(["SIGTERM", "SIGINT"]).toContain(await watcher.ended);
    await expectNothingLeft(home);
  });

  test("while another program holds the credentials file", async () => {
    await using home = await startWatchHome();
    const [before, lock] = [home.text(), join(home.home, ".aws/.credentials.lock")];
    const held = await holdByPython(lock, 6);
    const watcher = home.watch(dev);
    await watcher.until("waiting for");
    watcher.signal("SIGTERM");
    expect(await watcher.ended).toBe("SIGTERM");
    expect(home.text()).toBe(before);
    await held.given;
    await expectNothingLeft(home);
    // The session had been stored already.
    expect(home.prompts()).toHaveLength(1);
  });

  test("SIGQUIT leaves nothing behind, either", async () => {
    await using home = await startWatchHome();
    const watcher = await asks("hang").come(home);
    watcher.signal("SIGQUIT");
    expect(await watcher.ended).toBe(131);
    await expectNothingLeft(home);
  });

  test("SIGPIPE is none", async () => {
    await using home = await startWatchHome();
    const watcher = await asks("hang").come(home);
    watcher.signal("SIGPIPE");
    watcher.signal("SIGTERM");
    expect(await watcher.ended).toBe("SIGTERM");
    await expectNothingLeft(home);
  });
});

describe.concurrent("SIGUSR1", () => {
  test("asks at once, and once however often it comes", async () => {
    await using home = await startWatchHome();
    const watcher = home.watch(dev);
    await watcher.until("is renewed");
    const key = home.section("dev-mfa")["aws_access_key_id"];
    for (let times = 0; times < 3; times++) watcher.signal("SIGUSR1");
    await watcher.until("getting a new session for profile dev-mfa, as asked for.");
    watcher.signal("SIGUSR1");
    await watcher.until("is renewed");
    expect(home.section("dev-mfa")["aws_access_key_id"]).not.toBe(key);
    await expect(watcher.until("as asked for", 2)).rejects.toThrow("2 s went by");
    expect(home.prompts()).toHaveLength(2);
  });

  test("while askpass hangs: it asks again as soon as that is over", async () => {
    await using home = await startWatchHome();
    home.answer = () => "hang";
    const watcher = home.watch([...dev, "--prompt-timeout", "4"]);
    await untilHanging(home);
    home.answer = () => home.sandbox.freshCode("alice");
    watcher.signal("SIGUSR1");
    await watcher.until("trying again in");
    // Not in a quarter of a minute, as it has just said.
    await watcher.until("is renewed", 8);
    expect(home.prompts()).toHaveLength(2);
  });

  test("instead of the next attempt", async () => {
    await using home = await startWatchHome();
    home.answer = () => "fail";
    const watcher = home.watch(dev);
    await watcher.until("trying again in");
    home.answer = () => home.sandbox.freshCode("alice");
    watcher.signal("SIGUSR1");
    await watcher.until("is renewed", 8);
  });

  test("of several sections all get new ones, with one code", async () => {
    await using home = await startWatchHome();
    const both = ["--profile", "dev", "--profile", "dev", "--target", "one", "--target", "two"];
    const watcher = home.watch(both);
    for (const name of ["one", "two"]) await watcher.until(`profile ${name} is renewed`);
    const keys = ["one", "two"].map((name) => home.section(name)["aws_access_key_id"]);
    expect(new Set(keys).size).toBe(1);
    watcher.signal("SIGUSR1");
    for (const name of ["one", "two"]) await watcher.until(`profile ${name} is renewed`);
    const now = ["one", "two"].map((name) => home.section(name)["aws_access_key_id"]);
    expect([new Set(now).size, now[0] === keys[0]]).toEqual([1, false]);
    expect(home.prompts()).toHaveLength(2);
  });
});

test.concurrent("SIGHUP without a terminal looks at the files, and does not end it", async () => {
  await using home = await startWatchHome();
  const before = home.text();
  const watcher = home.watch(dev);
  await watcher.until("is renewed");
  home.write(".aws/credentials", before);
  watcher.signal("SIGHUP");
  await watcher.until("is renewed", 5);
  expect(home.prompts()).toHaveLength(1);
  watcher.signal("SIGHUP");
  watcher.signal("SIGTERM");
  expect(await watcher.ended).toBe("SIGTERM");
});
