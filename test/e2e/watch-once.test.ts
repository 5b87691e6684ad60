import { cpSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { awsmfa } from "../support/commands.ts";
import { keysSection } from "../support/lab.ts";
import { run, runAwsmfa } from "../support/run.ts";
import { startHomeOfTwo } from "./home-of-two.ts";
import { processesOf } from "./processes-of.ts";
import { startWatchHome, type WatchHome } from "./watch-home.ts";
import type { Watcher } from "./watcher.ts";

vi.setConfig({ maxConcurrency: 8 });

const dev = ["--profile", "dev"];

function once(home: WatchHome, args = dev, more: Readonly<Record<string, string>> = {}): Watcher {
  return home.watch([...args, "--once"], more);
}

describe.concurrent("--once", () => {
  test("renews what is due, and asks for nothing while that is valid", async () => {
    await using home = await startWatchHome();
    const first = once(home);
    expect([await first.ended, first.stdout]).toEqual([0, ""]);
    expect(first.stderr).toMatch(
      /dev-mfa is not there yet: .*\n.*dev-mfa is renewed: valid for 12 h/,
    );
    const text = home.text();
    home.answer = () => "hang";
    // Not even a way to ask is needed.
    const second = once(home, dev, { AWS_MFA_PROMPT: "none" });
    expect([await second.ended, second.stdout]).toEqual([0, ""]);
    // Or cron would send it by mail.
    expect(second.stderr).toBe("");
    expect([home.text(), home.prompts().length, home.asked().length]).toEqual([text, 1, 1]);
  });

  test.each<[what: string, code: number, says: RegExp, prepare: (home: WatchHome) => void]>([
    [
      "askpass fails",
      253,
      /no MFA code for phone .* was given\.\n/,
      (home) => {
        home.answer = () => "fail";
      },
    ],
    [
      "askpass hangs",
      253,
      /no answer within 2 s[^]*no MFA code/,
      (home) => {
        home.answer = () => "hang";
      },
    ],
    [
      "wrong codes",
      254,
      /dev-mfa: .*AccessDenied/,
      (home) => {
        const codes = ["000001", "000002", "000003"];
        home.answer = () => codes.shift() ?? "fail";
      },
    ],
    [
      "AWS knows no such key",
      254,
      /InvalidClientTokenId/,
      ({ sandbox, user }) => sandbox.revoke(user.accessKeyId),
    ],
    [
      "AWS is not there",
      255,
      /dev-mfa: /,
      ({ sandbox }) => sandbox.trouble.drop("before", { times: Infinity }),
    ],
    [
      "AWS is busy",
      254,
      /ServiceUnavailable/,
      ({ sandbox }) => sandbox.trouble.fail({ status: 503, times: Infinity }),
    ],
  ])("%s: %i, and no other attempt", async (_what, code, says, prepare) => {
    await using home = await startWatchHome();
    const before = home.text();
    prepare(home);
    const watcher = once(home, [...dev, "--prompt-timeout", "2"]);
    expect(await watcher.ended).toBe(code);
    expect(watcher.stderr).toMatch(says);
    expect(watcher.stderr).not.toContain("trying again");
    expect([home.text(), watcher.stdout]).toEqual([before, ""]);
  });

  test("of several profiles the others are renewed, and the exit code is the failure's", async () => {
    await using home = await startHomeOfTwo();
    const broken = { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "wrong" };
    const gone = `${keysSection("gone", broken)}mfa_serial = ${home.user.serial}\n`;
    home.write(".aws/credentials", `${home.text()}\n${gone}`);
    const names = ["dev", "gone", "ops"];
    const watcher = once(
      home,
      names.flatMap((name) => ["--profile", name]),
    );
    expect(await watcher.ended).toBe(254);
    expect(watcher.stderr).toMatch(/gone-mfa: .*InvalidClientTokenId/);
    expect(await home.arnOf("dev-mfa")).toMatch(/:user\/alice$/);
    expect(await home.arnOf("ops-mfa")).toMatch(/:user\/bob$/);
    expect(home.prompts()).toEqual(
      ["alice (profile dev", "bob (profile ops"].map((asked) =>
        expect.stringContaining(`MFA code for ${asked}-mfa`),
      ),
    );
  });

  test("TERM while askpass hangs ends it as a shell expects", async () => {
    await using home = await startWatchHome();
    home.answer = () => "hang";
    const watcher = once(home);
    await vi.waitFor(() => expect(home.prompts()).toHaveLength(1), 20_000);
    watcher.signal("SIGTERM");
    expect(await watcher.ended).toBe("SIGTERM");
  });
});

describe.concurrent("--json", () => {
  test("every event is a line on stdout, and nothing stands on stderr", async () => {
    await using home = await startWatchHome();
    const answers = ["rubbish", "fail"];
    home.answer = () => answers.shift() ?? home.sandbox.freshCode("alice");
    const watcher = home.watch([...dev, "--json"]);
    await watcher.until('"event":"trouble"');
    watcher.signal("SIGUSR1");
    await watcher.until('"event":"renewed"');
    watcher.signal("SIGTERM");
    expect(await watcher.ended).toBe("SIGTERM");
    const events = watcher.events();
    expect([watcher.stdout.endsWith("\n"), watcher.stderr]).toEqual([true, ""]);
    expect(events.map(({ event }) => event)).toEqual([
      "due",
      "notice",
      "notice",
      "trouble",
      "due",
      "renewed",
      "ended",
    ]);
    const iso = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;
    expect(events.filter(({ time }) => !iso.test(time))).toEqual([]);
    const [, , , trouble, , renewed, ended] = events;
    expect(trouble).toMatchObject({
      target: "dev-mfa",
      code: "NoCode",
      hint: expect.stringContaining("AWS_MFA_TOKEN"),
      retry: expect.stringMatching(iso),
    });
    expect(renewed).toMatchObject({ target: "dev-mfa", expiration: expect.stringMatching(iso) });
    expect(ended).toMatchObject({ signal: "SIGTERM", message: "ended by SIGTERM." });
  });

  test("--once tells no time of another attempt", async () => {
    await using home = await startWatchHome();
    home.answer = () => "fail";
    const watcher = once(home, [...dev, "--json"]);
    expect(await watcher.ended).toBe(253);
    expect(watcher.events().at(-1)).toMatchObject({ event: "trouble", retry: null });
    expect(watcher.stderr).toBe("");
  });

  test("whoever reads it goes away: so does the watcher, and nothing is left", async () => {
    await using home = await startWatchHome();
    home.answer = () => "fail";
    const watcher = home.watch([...dev, "--json"], {}, '"$@" | head -n 1');
    await watcher.until('"event":"due"');
    expect(await watcher.ended).toBe(0);
    await vi.waitFor(() => expect(processesOf(home.home)).toEqual([]), { timeout: 5000 });
  });
});

describe.concurrent("wrong usage is told at once, and not in the way of a log", () => {
  test.each<[args: string, code: number, says: RegExp]>([
    ["--profile dev --target a --target b", 252, /--target is given 2 times, and --profile once/],
    ["--profile dev --nothing", 252, /--nothing/],
    ["--profile dev --prompt-timeout 0", 253, /--prompt-timeout is "0"/],
  ])("%s", async (args, code, says) => {
    await using home = await startWatchHome();
    const before = home.text();
    const watcher = home.watch([...args.split(" "), "--json"]);
    expect(await watcher.ended).toBe(code);
    expect(watcher.stderr).toMatch(says);
    expect(watcher.stderr).toMatch(/^awsmfa: (?!\d{4}-)/);
    expect([watcher.stdout, home.text(), home.prompts()]).toEqual(["", before, []]);
    expect(home.sandbox.calls).toEqual([]);
  });

  test("renew is the watcher's own", async () => {
    await using home = await startWatchHome();
    const ended = await runAwsmfa(["renew", "{}"], { env: home.env });
    expect(ended.code).toBe(252);
    expect(ended.stderr).not.toContain("    at ");
  });
});

test("a renewal that falls over is told, and ends", async () => {
  await using home = await startWatchHome();
  const dist = join(home.home, "dist");
  cpSync(dirname(awsmfa), dist, { recursive: true });
  // As in the middle of an update.
  rmSync(join(dist, "obtain.cjs"));
  const program = join(dist, basename(awsmfa));
  const ended = await run(process.execPath, [program, "watch", "--once", ...dev], {
    env: home.env,
  });
  expect(ended.code).toBe(255);
  expect(ended.stderr).toContain("ended unexpectedly (exit status 255)");
  expect(ended.stderr).toContain("Was awsmfa, or Node.js, updated or removed meanwhile?");
});

test("an askpass program that prints nothing was cancelled", async () => {
  await using home = await startWatchHome();
  home.answer = () => "";
  const watcher = once(home);
  expect(await watcher.ended).toBe(253);
  expect(watcher.stderr).toMatch(/no code came from \S+ \(it printed nothing\)\./);
  expect(home.prompts()).toHaveLength(1);
});
