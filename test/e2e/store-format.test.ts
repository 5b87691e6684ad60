import { lstatSync, mkdirSync, readdirSync, readFileSync, statSync, utimesSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startSandbox, type Sandbox } from "../../src/sandbox/sandbox.ts";
import { sha256 } from "../../src/system/sha256.ts";
import { awsmfa } from "../support/commands.ts";
import { keysSection } from "../support/lab.ts";
import { run } from "../support/run.ts";
import { fromNow, timeFromNow } from "../support/times.ts";
import { sessionFile, userHome, usersNamed, type UserHome } from "./user-home.ts";

const people = Array.from({ length: 80 }, (_, index) => `user-${index}`);

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ users: usersNamed(people) });
});
afterAll(() => sandbox.close());

/** The home of a user that no other test has. */
function nextHome(): UserHome {
  return userHome(sandbox, people.pop()!);
}

/** A file as the Ruby gem leaves it: four keys and nothing about whose it is. */
function writeGemFile(home: UserHome, expiration: string): string {
  const { access_key_id, secret_access_key, session_token } = sessionFile(home);
  const text = JSON.stringify({ access_key_id, secret_access_key, session_token, expiration });
  return home.write(".aws/aws-mfa-secure-sessions/dev", text, 0o600);
}

/** `2019-11-10 05:51:14 UTC`, as Ruby prints a time. */
function rubyTime(seconds: number): string {
  return timeFromNow(seconds).replace("T", " ").replace("Z", " UTC");
}

/** Moves both AWS files so many seconds into the past, or one of them into the future. */
function ageAwsFiles({ home }: UserHome, config: number, credentials: number): void {
  const now = Date.now() / 1000;
  utimesSync(join(home, ".aws/config"), now - config, now - config);
  utimesSync(join(home, ".aws/credentials"), now - credentials, now - credentials);
}

async function expectSession(
  home: UserHome,
  expected: "reused" | "asked",
  env: Readonly<Record<string, string>> = {},
): Promise<void> {
  const before = home.stsCalls();
  const { code, stdout, stderr } = await home.sessionWithCode(env);
  expect(code, stderr).toBe(0);
  expect(stdout).toMatch(expected === "reused" ? "key=ASIAPLANTED123456789\n" : /^key=ASIA\w+\n$/);
  expect(home.stsCalls() - before).toBe(expected === "reused" ? 0 : 1);
}

describe.concurrent("a file of the Ruby gem", () => {
  interface GemCase {
    readonly title: string;
    readonly expect: "reused" | "asked";
    readonly expiration?: string;
    readonly env?: (home: UserHome) => Readonly<Record<string, string>>;
    readonly before?: (home: UserHome) => void;
  }
  const cases: readonly GemCase[] = [
    { title: "is used", expect: "reused" },
    { title: "is used with Ruby's date", expect: "reused", expiration: rubyTime(3600) },
    {
      title: "is used with milliseconds in its date",
      expect: "reused",
      expiration: fromNow(3600).toISOString(),
    },
    {
      title: "is used with another zone in its date",
      expect: "reused",
      expiration: timeFromNow(5400).replace("Z", "+00:30"),
    },
    { title: "that has ended is not", expect: "asked", expiration: rubyTime(-1) },
    {
      title: "is not used with AWS_MFA_SERIAL, even with the same serial",
      expect: "asked",
      env: ({ user }) => ({ AWS_MFA_SERIAL: user.serial }),
    },
    {
      title: "is not used with AWS_CONFIG_FILE, even at the same place",
      expect: "asked",
      env: ({ home }) => ({ AWS_CONFIG_FILE: join(home, ".aws/config") }),
    },
    {
      title: "is not used with AWS_SHARED_CREDENTIALS_FILE, even at the same place",
      expect: "asked",
      env: ({ home }) => ({ AWS_SHARED_CREDENTIALS_FILE: join(home, ".aws/credentials") }),
    },
    {
      title: "older than the config file is not used",
      expect: "asked",
      before: (home) => ageAwsFiles(home, -5, 10),
    },
    {
      title: "older than the credentials file is not used",
      expect: "asked",
      before: (home) => ageAwsFiles(home, 10, -5),
    },
    {
      title: "is not used for keys of a credential_process",
      expect: "asked",
      before(home) {
        const { accessKeyId, secretAccessKey, serial } = home.user;
        const keys = { Version: 1, AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey };
        home.write("keys.json", JSON.stringify(keys));
        home.write(".aws/credentials", "");
        const command = `credential_process = /bin/cat ${home.home}/keys.json`;
        home.write(".aws/config", `[profile dev]\nmfa_serial = ${serial}\n${command}\n`);
        ageAwsFiles(home, 10, 10);
      },
    },
    {
      title: "is not used for environment keys",
      expect: "asked",
      env: ({ user }) => ({
        AWS_ACCESS_KEY_ID: user.accessKeyId,
        AWS_SECRET_ACCESS_KEY: user.secretAccessKey,
        AWS_MFA_SERIAL: user.serial,
      }),
    },
  ];
  test.each(cases.map((each) => [each.title, each] as const))("%s", async (_title, gem) => {
    using home = nextHome();
    ageAwsFiles(home, 10, 10);
    mkdirSync(home.store, { mode: 0o700 });
    writeGemFile(home, gem.expiration ?? timeFromNow(3600));
    gem.before?.(home);
    await expectSession(home, gem.expect, gem.env?.(home));
  });
});

describe.concurrent("a file of ours", () => {
  test.each(["000", "022", "077"])("under umask %s is for its owner alone", async (umask) => {
    using home = nextHome();
    const env = { ...home.env, AWS_MFA_TOKEN: sandbox.freshCode(home.user.name) };
    const script = `umask ${umask}; exec "$0" "$@"`;
    const command = [process.execPath, awsmfa, "session", "s3", "ls"];
    expect(await run("/bin/sh", ["-c", script, ...command], { env })).toMatchObject({ code: 0 });
    expect(home.stored()).toEqual(["dev"]);
    expect(statSync(home.store).mode & 0o7777).toBe(0o700);
    expect(statSync(join(home.store, "dev")).mode & 0o7777).toBe(0o600);
  });

  test("has the gem's four keys, and beside them whose it is", async () => {
    using home = nextHome();
    const before = Date.now();
    const { stdout } = await home.sessionWithCode();
    const file: unknown = JSON.parse(readFileSync(join(home.store, "dev"), "utf8"));
    const iso = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;
    expect(file).toEqual({
      access_key_id: stdout.slice("key=".length, -1),
      secret_access_key: expect.stringMatching(/^\S{40}$/),
      session_token: expect.stringMatching(/^\S{300,}$/),
      expiration: expect.stringMatching(iso),
      issued: expect.stringMatching(iso),
      profile: "dev",
      identity: {
        access_key_id: home.user.accessKeyId,
        serial: home.user.serial,
        endpoint: sandbox.url,
      },
    });
    const { expiration } = file as { expiration: string };
    expect(Math.abs(Date.parse(expiration) - before - 43_200_000)).toBeLessThan(60_000);
    // A long-term secret has no business there.
    expect(JSON.stringify(file)).not.toContain(home.user.secretAccessKey);
  });
});

describe.concurrent("a profile's name is never a path:", () => {
  const names = [
    ["../../x", "..%2F..%2Fx"],
    ["/etc/passwd", "%2Fetc%2Fpasswd"],
    ["a/b", "a%2Fb"],
    ["a\\b", "a%5Cb"],
    ["%2e", "%252e"],
    ["%%tmp-1", "%25%25tmp-1"],
    [".", "%2E"],
    ["..", "%2E%2E"],
    ["...", "..."],
    ["-", "-"],
    ["--force", "--force"],
    ["dev ops", "dev%20ops"],
    [`it's "mine"`, "it%27s%20%22mine%22"],
    [String.raw`a\nb`, "a%5Cnb"],
    ["$(touch x)`;&|", "%24%28touch%20x%29%60%3B%26%7C"],
    ["größe-Ω-日本", "gr%C3%B6%C3%9Fe-%CE%A9-%E6%97%A5%E6%9C%AC"],
    ["x".repeat(200), "x".repeat(200)],
    ["x".repeat(300), `%profile-${sha256("x".repeat(300))}`],
    ["ö".repeat(100), `%profile-${sha256("ö".repeat(100))}`],
    ["CON", "CON"],
  ] as const;
  const rows = names.map(([name, file]) => [name.slice(0, 20), name, file] as const);
  test.each(rows)("%s", async (_title, name, file) => {
    using home = nextHome();
    const { user } = home;
    // Names stand in the credentials file as they are, without the quoting of the config file.
    home.write(".aws/config", "");
    home.write(".aws/credentials", `${keysSection(name, user)}mfa_serial = ${user.serial}\n`);
    const before = treeOf(home);
    const first = await home.sessionWithCode({ AWS_PROFILE: name });
    expect(first, first.stderr).toMatchObject({ code: 0, stderr: "" });
    expect(home.stored()).toEqual([file]);
    expect(treeOf(home)).toEqual(before);
    const second = await home.session({ AWS_PROFILE: name });
    expect(second).toMatchObject({ code: 0, stdout: first.stdout, stderr: "" });
    expect(home.stsCalls()).toBe(1);
  });

  /** Every path outside the store and the cache, and of what lies beside the home. */
  function treeOf({ home, store }: UserHome): string[] {
    const below = readdirSync(home, { recursive: true, encoding: "utf8" });
    const own = (path: string): boolean =>
      join(home, path).startsWith(store) || /^\.cache(\/|$)/.test(path);
    const beside = readdirSync(dirname(home)).filter((name) => name === "x" || name === "b");
    return [...below.filter((path) => !own(path)), ...beside].toSorted();
  }
});

describe.concurrent("an identity has one session:", () => {
  test("profiles that share keys and device share it without asking", async () => {
    using home = nextHome();
    const { user } = home;
    home.write(
      ".aws/credentials",
      ["dev", "prod", "other"].map((name) => keysSection(name, user)).join(""),
    );
    home.write(
      ".aws/config",
      ["dev", "prod"].map((name) => `[profile ${name}]\nmfa_serial=${user.serial}\n`).join(""),
    );
    const first = await home.sessionWithCode();
    const second = await home.session({ AWS_PROFILE: "prod" });
    expect(second).toMatchObject({ code: 0, stdout: first.stdout, stderr: "" });
    expect(home.stored()).toEqual(["dev", "prod"]);
    const stored = ["dev", "prod"].map((name) => read(home, name));
    expect(stored[1]).toEqual({ ...stored[0], profile: "prod" });
    // The same device by AWS_MFA_SERIAL, and the same keys from the environment.
    const bySerial = { AWS_PROFILE: "other", AWS_MFA_SERIAL: user.serial };
    expect(await home.session(bySerial)).toMatchObject({ code: 0, stdout: first.stdout });
    const byKeys = environmentKeys(home);
    expect(await home.session(byKeys)).toMatchObject({ code: 0, stdout: first.stdout });
    expect(home.stsCalls()).toBe(1);
  });

  test("another key, device, endpoint or the same again: asked anew each time it changes", async () => {
    using home = nextHome();
    using other = nextHome();
    const { user } = home;
    const first = await home.sessionWithCode();

    home.write(".aws/credentials", keysSection("dev", other.user));
    const otherKey = await home.session({
      AWS_MFA_SERIAL: other.user.serial,
      AWS_MFA_TOKEN: sandbox.freshCode(other.user.name),
    });
    expect(otherKey, otherKey.stderr).toMatchObject({ code: 0, stderr: "" });
    expect(otherKey.stdout).not.toBe(first.stdout);
    expect(other.stsCalls()).toBe(1);

    home.write(".aws/credentials", keysSection("dev", user));
    const wrongDevice = await home.session({ AWS_MFA_SERIAL: other.user.serial });
    expect(wrongDevice).toMatchObject({ code: 253, stdout: "" });
    const elsewhere = { AWS_ENDPOINT_URL_STS: sandbox.url.replace("127.0.0.1", "127.0.0.2") };
    expect(await home.session(elsewhere)).toMatchObject({ code: 253, stdout: "" });
    expect(home.stsCalls()).toBe(1);
    await expectSession(home, "asked");
    expect(await home.session()).toMatchObject({ code: 0, stderr: "" });
  });

  test("keys of the environment are stored under names that no profile has", async () => {
    using home = nextHome();
    using other = nextHome();
    const keys = environmentKeys(home);
    const otherKeys = environmentKeys(other);
    const first = await home.sessionWithCode(keys);
    expect(home.stored()).toEqual([`%%keys-${home.user.accessKeyId}`]);
    const token = { AWS_MFA_TOKEN: sandbox.freshCode(other.user.name) };
    const second = await home.session({ ...otherKeys, ...token });
    expect(home.stored()).toEqual(
      [home, other].map(({ user }) => `%%keys-${user.accessKeyId}`).toSorted(),
    );
    expect(first.stdout).not.toBe(second.stdout);
    for (let again = 0; again < 2; again++) {
      expect(await home.session(keys)).toMatchObject({ stdout: first.stdout, stderr: "" });
      expect(await home.session(otherKeys)).toMatchObject({ stdout: second.stdout, stderr: "" });
    }
    // The key of one with the device of the other is neither of them.
    const mixed = { ...keys, AWS_MFA_SERIAL: other.user.serial };
    expect(await home.session(mixed)).toMatchObject({ code: 253, stdout: "" });
    expect(home.stsCalls() + other.stsCalls()).toBe(2);
  });

  function environmentKeys({ user }: UserHome): Record<string, string> {
    return {
      AWS_ACCESS_KEY_ID: user.accessKeyId,
      AWS_SECRET_ACCESS_KEY: user.secretAccessKey,
      AWS_MFA_SERIAL: user.serial,
    };
  }

  function read({ store }: UserHome, name: string): Record<string, unknown> {
    return JSON.parse(readFileSync(join(store, name), "utf8")) as Record<string, unknown>;
  }
});

describe.concurrent("durations:", () => {
  test.each(["900", "3600", "129600", " 7200 "])("AWS_MFA_TTL=%s is asked for", async (ttl) => {
    using home = nextHome();
    await expectSession(home, "asked", { AWS_MFA_TTL: ttl });
    expect(durationsAsked(home)).toEqual([ttl.trim()]);
  });

  test.each(["", undefined])("AWS_MFA_TTL=%s means twelve hours", async (ttl) => {
    using home = nextHome();
    await expectSession(home, "asked", ttl === undefined ? {} : { AWS_MFA_TTL: ttl });
    expect(durationsAsked(home)).toEqual(["43200"]);
  });

  test.each([
    ["AWS_MFA_TTL", "899"],
    ["AWS_MFA_TTL", "129601"],
    ["AWS_MFA_TTL", "12h"],
    ["AWS_MFA_TTL", "-900"],
    ["AWS_MFA_TTL", "3600.5"],
    ["AWS_MFA_TTL", "0x1000"],
    ["AWS_MFA_TTL", "99999999999999999999"],
    ["AWS_MFA_MIN_TTL", "-1"],
    ["AWS_MFA_MIN_TTL", "soon"],
    ["AWS_MFA_MIN_TTL", "129601"],
    ["AWS_MFA_LOCK_TIMEOUT", "x"],
  ])("%s=%s is refused before anybody is asked", async (name, value) => {
    using home = nextHome();
    const { code, stdout, stderr } = await home.sessionWithCode({ [name]: value });
    expect({ code, stdout }).toEqual({ code: 253, stdout: "" });
    expect(stderr).toContain(`awsmfa: ${name} is "${value}"; it takes whole seconds from`);
    expect(home.stsCalls()).toBe(0);
  });

  function durationsAsked({ user }: UserHome): (string | undefined)[] {
    return sandbox.calls
      .filter(({ accessKeyId }) => accessKeyId === user.accessKeyId)
      .map(({ parameters }) => parameters["DurationSeconds"]);
  }
});

describe.concurrent("how much of a session must be left:", () => {
  test.each([
    // Seconds left, of so many, AWS_MFA_MIN_TTL.
    [320, 43_200, undefined, "reused"],
    [280, 43_200, undefined, "asked"],
    [280, 43_200, "", "asked"],
    [280, 43_200, "250", "reused"],
    [20, 43_200, "0", "reused"],
    [2000, 43_200, "2100", "asked"],
    [2000, 43_200, "1900", "reused"],
    // Never more than half of the session's own duration.
    [500, 900, "3600", "reused"],
    [400, 900, "3600", "asked"],
    [65_000, 129_600, "129600", "reused"],
    [64_000, 129_600, "129600", "asked"],
    [40, 60, undefined, "reused"],
    [20, 60, undefined, "asked"],
  ] as const)("%i s of %i s with %s: %s", async (left, duration, minimum, expected) => {
    using home = nextHome();
    mkdirSync(home.store, { mode: 0o700 });
    const times = { expiration: timeFromNow(left), issued: timeFromNow(left - duration) };
    const file = JSON.stringify(sessionFile(home, times));
    home.write(".aws/aws-mfa-secure-sessions/dev", file, 0o600);
    await expectSession(home, expected, minimum === undefined ? {} : { AWS_MFA_MIN_TTL: minimum });
    expect(lstatSync(join(home.store, "dev")).isFile()).toBe(true);
  });

  test("a session shorter than the minimum serves for half of its time", async ({
    onTestFinished,
  }) => {
    const brief = await startSandbox({ users: usersNamed(["bob"]), sessionSeconds: 12 });
    onTestFinished(() => brief.close());
    using home = userHome(brief, "bob");
    const first = await home.sessionWithCode();
    expect(await home.session()).toMatchObject({ code: 0, stdout: first.stdout, stderr: "" });
    await sleep(6500);
    const second = await home.sessionWithCode();
    expect(second).toMatchObject({ code: 0, stderr: "" });
    expect(second.stdout).not.toBe(first.stdout);
    expect(home.stsCalls()).toBe(2);
  });
});
