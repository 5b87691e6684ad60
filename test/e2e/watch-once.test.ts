import { describe, expect, test, vi } from "vitest";
import { keysSection } from "../support/lab.ts";
import { runAwsmfa } from "../support/run.ts";
import { startWatchHome, type Watcher, type WatchHome } from "./watch-home.ts";

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
    expect(second.stderr).toMatch(/^awsmfa: \S+ \S+ \S+ profile dev-mfa is valid for 1[12] h.*\n$/);
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
    await using home = await startWatchHome(undefined, {
      users: ["alice", "bob"].map((name) => ({ name, devices: [name] })),
    });
    const bob = home.sandbox.user("bob");
    const broken = { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "wrong" };
    const section = (name: string, keys: typeof broken, serial: string): string =>
      `${keysSection(name, keys)}mfa_serial = ${serial}\n`;
    home.write(
      ".aws/credentials",
      section("dev", home.user, home.user.serial) +
        section("gone", broken, home.user.serial) +
        section("ops", bob, bob.serial),
    );
    const codes = ["alice", "bob"];
    home.answer = () => home.sandbox.freshCode(codes.shift()!);
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

  test("beside a watcher of the same section it says so: 253", async () => {
    await using home = await startWatchHome();
    const watcher = home.watch(dev);
    await watcher.until("is renewed");
    const beside = once(home);
    expect(await beside.ended).toBe(253);
    expect(beside.stderr).toMatch(
      new RegExp(`process ${watcher.pid}.* keeps profile dev-mfa fresh`),
    );
  });
});

interface Told {
  readonly [field: string]: unknown;
  readonly time: string;
  readonly event: string;
  readonly message: string;
}

/** The events on stdout, each of them a line of JSON. */
function eventsOf({ stdout }: Watcher): Told[] {
  expect(stdout.endsWith("\n")).toBe(true);
  return stdout
    .slice(0, -1)
    .split("\n")
    .map((line) => JSON.parse(line) as Told);
}

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
    const events = eventsOf(watcher);
    expect(watcher.stderr).toBe("");
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
    expect(eventsOf(watcher).at(-1)).toMatchObject({ event: "trouble", retry: null });
    expect(watcher.stderr).toBe("");
  });

  test("whoever reads it goes away: so does the watcher, and nothing is left", async () => {
    await using home = await startWatchHome();
    home.answer = () => "fail";
    const watcher = home.watch([...dev, "--json"], {}, '"$@" | head -n 1');
    await watcher.until('"event":"due"');
    await watcher.ended;
  });
});

describe.concurrent("wrong usage is told at once, and not in the way of a log", () => {
  test.each<[args: string, code: number, says: RegExp]>([
    ["--profile dev --target a --target b", 252, /--target is given 2 times, and --profile once/],
    [
      "--profile dev --profile ops --target a",
      252,
      /--target is given once, and --profile 2 times/,
    ],
    ["--profile dev --profile dev", 252, /profile dev-mfa would be written for two profiles/],
    ["--profile dev --install upstart", 252, /--install/],
    ["--profile dev --install systemd --once", 252, /--install|--once/],
    ["--profile dev --nothing", 252, /--nothing/],
    ["--profile dev extra", 252, /./],
    ["--profile dev --duration abc", 253, /--duration .*abc/],
    ["--profile dev --duration 899", 253, /--duration .*900/],
    ["--profile dev --duration 129601", 253, /--duration .*129600/],
    ["--profile dev --duration 900 --refresh-lead-time 900", 253, /--refresh-lead-time .*899/],
    ["--profile nobody", 253, /there is no profile nobody/],
    ["--profile other", 253, /profile other/],
    ["--profile bare", 253, /nothing says which MFA device[^]*mfa_serial[^]*--mfa-serial-number/],
    ["--profile dev --mfa-serial-number phone", 253, /--mfa-serial-number is "phone"/],
    ["--profile dev --target dev", 253, /long-term keys and temporary ones cannot both stand in/],
    ["--profile dev --target bare", 253, /long-term keys/],
    ["--profile dev --target=", 253, /cannot name a section/],
    ["--profile dev --prompt-timeout 0", 253, /--prompt-timeout/],
  ])("%s", async (args, code, says) => {
    await using home = await startWatchHome(
      (user) =>
        `${keysSection("dev", user)}mfa_serial = ${user.serial}\n${keysSection("bare", user)}[other]\nregion = x\n`,
    );
    const before = home.text();
    const watcher = home.watch([...args.split(" "), "--json"]);
    expect(await watcher.ended).toBe(code);
    expect(watcher.stderr).toMatch(says);
    expect(watcher.stderr).toMatch(/^awsmfa: (?!\d{4}-)/);
    expect([watcher.stdout, home.text(), home.prompts()]).toEqual(["", before, []]);
    expect(home.sandbox.calls).toEqual([]);
  });

  test("nobody to ask: 253, and the three ways to give a code", async () => {
    await using home = await startWatchHome();
    const watcher = home.watch(dev, { AWS_MFA_PROMPT: "none" });
    expect(await watcher.ended).toBe(253);
    expect(watcher.stderr).toMatch(/^awsmfa: no MFA code for phone .*, and nobody to ask\.\n/);
    expect(watcher.stderr).toMatch(/AWS_MFA_TOKEN[^]*mfa_process[^]*AWS_MFA_ASKPASS/);
  });

  test("renew is the watcher's own", async () => {
    await using home = await startWatchHome();
    const ended = await runAwsmfa(["renew", "{}"], { env: home.env });
    expect(ended.code).toBe(252);
    expect(ended.stderr).not.toContain("    at ");
  });
});
