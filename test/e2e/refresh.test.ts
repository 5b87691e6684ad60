import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { SandboxUser } from "../../src/sandbox/sandbox.ts";
import { keysSection } from "../support/lab.ts";
import { runAwsmfa, type Ended } from "../support/run.ts";
import { startRefreshHome, type RefreshHome } from "./refresh-home.ts";

const phone = "arn:aws:iam::123456789012:mfa/phone";
const admin = "arn:aws:iam::123456789012:role/admin";
const deploy = "arn:aws:iam::123456789012:role/deploy";

const longTerm =
  (name: string) =>
  (user: SandboxUser): string =>
    `${keysSection(name, user)}mfa_serial = ${user.serial}\n`;

/** A home whose long-term keys are in `[dev-long-term]`, with their device. */
const startDev = (): Promise<RefreshHome> => startRefreshHome(longTerm("dev-long-term"));

const session = (seconds: number): string => `GetSessionToken for ${seconds} device ${phone}`;
const role = (arn: string, name: string, seconds: number): string =>
  `AssumeRole ${arn} as ${name} for ${seconds}`;

const dev = ["--profile", "dev"];

function exec(home: RefreshHome, args: readonly string[]): Promise<Ended> {
  return runAwsmfa(args, { env: { ...home.env, AWS_PROFILE: "dev-long-term" } });
}

describe.concurrent("what is asked for", () => {
  test.each<[title: string, args: string[], env: Record<string, string>, asks: string[]]>([
    ["the user's session for twelve hours", dev, {}, [session(43_200)]],
    ["AWS_MFA_TTL", dev, { AWS_MFA_TTL: "7200" }, [session(7200)]],
    [
      "MFA_STS_DURATION before it",
      dev,
      { AWS_MFA_TTL: "7200", MFA_STS_DURATION: "1000" },
      [session(1000)],
    ],
    [
      "--duration before both",
      [...dev, "--duration=900"],
      { MFA_STS_DURATION: "1000" },
      [session(900)],
    ],
    [
      "a role for an hour, named after the local user",
      [...dev, "--assume-role", admin],
      {},
      [session(43_200), role(admin, "local.user", 3600)],
    ],
    [
      "a role of the environment, under a name",
      [...dev, "--role-session-name=me"],
      { MFA_ASSUME_ROLE: admin },
      [session(43_200), role(admin, "me", 3600)],
    ],
    [
      "the role of the option before that",
      [...dev, "--assume", deploy],
      { MFA_ASSUME_ROLE: admin },
      [session(43_200), role(deploy, "local.user", 3600)],
    ],
    [
      "a role for over an hour: with the code itself",
      [...dev, "--assume", admin, "--duration", "7200"],
      {},
      [`${role(admin, "local.user", 7200)} device ${phone}`],
    ],
  ])("%s", async (_title, args, env, asks) => {
    await using home = await startDev();
    expect(await home.refreshWithCode(args, env)).toMatchObject({ code: 0, stdout: "" });
    expect(home.asked()).toEqual(asks);
    expect(await home.arnOf("dev")).toMatch(/:(user|assumed-role)\//);
  });

  test("by the other names of its options", async () => {
    await using home = await startRefreshHome(longTerm("dev-keys"));
    const args = [...dev, "--long-suffix", "keys", "--short-suffix", "now", "--assume", admin];
    const token = ["--mfa-token", home.sandbox.freshCode("alice")];
    expect(await home.refresh([...args, ...token])).toMatchObject({ code: 0, stdout: "" });
    expect(await home.arnOf("dev-now")).toContain(":assumed-role/admin/local.user");
  });

  test("by abbreviated options, as argparse takes them", async () => {
    await using home = await startDev();
    const args = ["--prof=dev", "--dur", "1800", "--tok", home.sandbox.freshCode("alice")];
    expect(await home.refresh(args)).toMatchObject({ code: 0 });
    expect(home.asked()).toEqual([session(1800)]);
  });

  test("by AWS_MFA_PROCESS, as by every source of codes", async () => {
    await using home = await startDev();
    const code = home.write("code", home.sandbox.freshCode("alice"));
    expect(await home.refresh(dev, { AWS_MFA_PROCESS: `cat '${code}'` })).toMatchObject({
      code: 0,
    });
  });
});

describe.concurrent("what is written", () => {
  test("what aws-mfa writes, and nothing else changes", async () => {
    const before = (user: SandboxUser): string =>
      `; mine\r\n[dev]\r\nRegion: eu-west-1\r\nAWS_ACCESS_KEY_ID: ASIAOLD\r\n\r\n  ; keys\r\n${longTerm("dev-long-term")(user)}[other]\nx = 1`;
    await using home = await startRefreshHome(before);
    const old = home.text();
    await home.refreshWithCode([...dev, "--assume-role", admin]);
    const written = home.section("dev");
    expect(written).toEqual({
      region: "eu-west-1",
      aws_access_key_id: expect.stringMatching(/^ASIA/),
      aws_secret_access_key: expect.stringMatching(/./),
      aws_session_token: expect.stringMatching(/./),
      aws_security_token: written["aws_session_token"],
      expiration: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/),
      assumed_role: "True",
      assumed_role_arn: admin,
    });
    const keys = Object.entries(written).slice(2);
    const lines = keys.map(([key, value]) => `${key} = ${value}\r\n`).join("");
    const id = `AWS_ACCESS_KEY_ID: ${written["aws_access_key_id"]}\r\n`;
    expect(home.text()).toBe(old.replace("AWS_ACCESS_KEY_ID: ASIAOLD\r\n", id + lines));
    await home.refresh(dev);
    expect(home.section("dev")).toMatchObject({ assumed_role: "False" });
    expect(home.section("dev")).not.toHaveProperty("assumed_role_arn");
  });

  test("a file of its own, where there is none yet", async () => {
    await using home = await startDev();
    home.write(".aws/config", readFileSync(home.path, "utf8").replace("[dev", "[profile dev"));
    const path = join(home.home, "new/folder/file");
    const ended = await home.refreshWithCode(dev, { AWS_SHARED_CREDENTIALS_FILE: path });
    expect(ended).toMatchObject({ code: 0 });
    expect(readFileSync(path, "utf8")).toMatch(/^\[dev\]\naws_access_key_id = ASIA/);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });
});

describe.concurrent("a session that is still valid", () => {
  test("is the same by another way to the same AWS", async () => {
    await using home = await startDev();
    await home.refreshWithCode(dev);
    const AWS_ENDPOINT_URL_STS = home.sandbox.url.replace("127.0.0.1", "localhost");
    const ended = await home.refresh(dev, { AWS_ENDPOINT_URL_STS });
    expect(ended).toMatchObject({ code: 0, stderr: expect.stringContaining("is still valid") });
  });

  test("is left alone where another process has written it, and it lasts for longer", async () => {
    await using home = await startDev();
    await home.refreshWithCode(dev);
    const newest = home.text();
    await exec(home, ["clean"]);
    home.write(".aws/credentials", newest.slice(0, newest.indexOf("[dev]\n")));
    const file = home.write("code", home.sandbox.freshCode("alice"));
    const written = home.write("written", newest);
    // While this one asks for its code, for a shorter session, the other one has finished.
    const AWS_MFA_PROCESS = `cp '${written}' '${home.path}'; cat '${file}'`;
    const ended = await home.refresh(dev, { AWS_MFA_PROCESS, AWS_MFA_TTL: "3600" });
    expect(ended).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/valid for 43\d{3} seconds/),
    });
    expect(home.text()).toBe(newest);
    home.write("code", home.sandbox.freshCode("alice"));
    home.write(".aws/credentials", newest.slice(0, newest.indexOf("[dev]\n")));
    const forced = await home.refresh([...dev, "--force"], {
      AWS_MFA_PROCESS,
      AWS_MFA_TTL: "3600",
    });
    expect(forced).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/valid for 3[56]\d\d seconds/),
    });
    expect(home.text()).not.toBe(newest);
  });

  test("is renewed where the keys have become those of another user", async () => {
    await using home = await startRefreshHome(longTerm("dev-long-term"), {
      users: [
        { name: "alice", devices: ["phone"] },
        { name: "bob", devices: ["tablet"] },
      ],
    });
    await home.refreshWithCode(dev);
    const bob = home.sandbox.user("bob");
    // The store forgets the session that was replaced, but not whose it was.
    await home.refreshWithCode([...dev, "--short-suffix=x", "--force"]);
    const keys = `[dev-long-term]\naws_access_key_id = ${bob.accessKeyId}\naws_secret_access_key = ${bob.secretAccessKey}\nmfa_serial = ${bob.serial}\n\n`;
    home.write(".aws/credentials", keys + home.text().slice(home.text().indexOf("[dev]\n")));
    const ended = await home.refresh(dev, { AWS_MFA_TOKEN: home.sandbox.freshCode("bob") });
    expect(ended).toMatchObject({ code: 0, stderr: expect.stringContaining("of other keys") });
    expect(await home.arnOf("dev")).toContain(":user/bob");
  });
});

describe.concurrent("between the question and the answer", () => {
  const people = {
    users: [
      { name: "alice", devices: ["phone"] },
      { name: "bob", devices: ["tablet"] },
    ],
  };
  const both = (alice: SandboxUser, bob: SandboxUser): string =>
    [alice, bob]
      .map(
        (user, index) =>
          `${keysSection(`dev-${["alice", "bob"][index]}`, user)}mfa_serial = ${user.serial}\n`,
      )
      .join("\n");

  test.each<[what: string, change: (written: string) => string, more: string[]]>([
    ["another user's session", (written) => written, []],
    [
      "a session that cannot be",
      (written) => written.replace(/^expiration = .*$/m, "expiration = 2099-01-01 00:00:00"),
      [],
    ],
  ])("%s comes: it is replaced", async (_what, change, more) => {
    await using home = await startRefreshHome(() => "", people);
    home.write(".aws/credentials", both(home.sandbox.user("alice"), home.sandbox.user("bob")));
    await home.refreshWithCode([...dev, "--long-suffix", "alice"]);
    const other = home.write("other", change(home.text()));
    home.write(".aws/credentials", both(home.sandbox.user("alice"), home.sandbox.user("bob")));
    const code = home.write("code", home.sandbox.freshCode("bob"));
    const AWS_MFA_PROCESS = `cp '${other}' '${home.path}'; cat '${code}'`;
    const args = [...dev, "--long-suffix", "bob", "--duration", "1800", ...more];
    const ended = await home.refresh(args, { AWS_MFA_PROCESS });
    expect(ended).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/valid for 1[78]\d\d seconds/),
    });
    expect(await home.arnOf("dev")).toContain(":user/bob");
  });

  test.each<[what: string, first: string, then: string[], seconds: RegExp]>([
    [
      "a longer one, where the seconds are said",
      "43200",
      ["--duration=1800"],
      /for 1[78]\d\d seconds/,
    ],
    ["a shorter one", "900", [], /for 4\d{4} seconds/],
  ])("%s of the same user comes: it is replaced", async (_what, first, then, seconds) => {
    await using home = await startDev();
    const before = home.text();
    await home.refreshWithCode([...dev, "--duration", first]);
    const other = home.write("other", home.text());
    home.write(".aws/credentials", before);
    await exec(home, ["clean"]);
    const code = home.write("code", home.sandbox.freshCode("alice"));
    const AWS_MFA_PROCESS = `cp '${other}' '${home.path}'; cat '${code}'`;
    const ended = await home.refresh([...dev, ...then], { AWS_MFA_PROCESS });
    expect(ended).toMatchObject({ code: 0, stderr: expect.stringMatching(seconds) });
    expect(home.text()).not.toBe(readFileSync(other, "utf8"));
  });

  test("the keys go: nothing is written", async () => {
    await using home = await startDev();
    const code = home.write("code", home.sandbox.freshCode("alice"));
    const AWS_MFA_PROCESS = `: >'${home.path}'; cat '${code}'`;
    const ended = await home.refresh(dev, { AWS_MFA_PROCESS });
    expect(ended).toMatchObject({ code: 253, stderr: expect.stringContaining("[dev-long-term]") });
    expect(ended.stderr).toContain("has gone meanwhile: nothing was written.");
    expect(home.text()).toBe("");
  });
});

describe.concurrent("one session for all", () => {
  test("session needs no code after refresh", async () => {
    await using home = await startDev();
    await home.refreshWithCode(dev);
    const exported = await exec(home, ["exports", "--format=env"]);
    expect(exported.stdout).toContain(home.section("dev")["aws_access_key_id"]);
  });

  test("refresh needs no code after session", async () => {
    await using home = await startDev();
    const code = home.sandbox.freshCode("alice");
    await exec(home, ["exec", "--token", code, "--", "true"]);
    expect(await home.refresh(dev)).toMatchObject({ code: 0 });
    expect(home.asked()).toEqual([session(43_200)]);
  });

  test("--force gets a new one", async () => {
    await using home = await startDev();
    await home.refreshWithCode(dev);
    const { aws_access_key_id: before } = home.section("dev");
    expect(await home.refresh([...dev, "--force"])).toMatchObject({ code: 253 });
    expect(home.section("dev")["aws_access_key_id"]).toBe(before);
    expect(await home.refreshWithCode([...dev, "--force"])).toMatchObject({ code: 0 });
    expect(home.section("dev")["aws_access_key_id"]).not.toBe(before);
    expect(await home.arnOf("dev")).toContain(":user/alice");
  });

  test("--force assumes a role anew, and asks nobody", async () => {
    await using home = await startDev();
    await home.refreshWithCode([...dev, "--assume", admin]);
    const { aws_access_key_id: before } = home.section("dev");
    expect(await home.refresh([...dev, "--assume", admin, "--force"])).toMatchObject({ code: 0 });
    expect(home.section("dev")["aws_access_key_id"]).not.toBe(before);
  });

  test("an explicit --duration gets no longer one, and spoils none", async () => {
    await using home = await startDev();
    await home.refreshWithCode(dev);
    const short = [...dev, "--short-term-suffix=short", "--duration=900"];
    expect(await home.refreshWithCode(short)).toMatchObject({ code: 0 });
    expect(home.asked()).toEqual([session(43_200), session(900)]);
    const exported = await exec(home, ["exports", "--format=env"]);
    expect(exported.stdout).toContain(home.section("dev")["aws_access_key_id"]);
  });

  test("two durations at once: each gets its own", async () => {
    await using home = await startDev();
    const first = home.sandbox.freshCode("alice");
    const AWS_MFA_PROCESS = `sleep 0.2; cat '${home.write("code", first)}'`;
    // As the device does, but faster.
    let shown = first;
    const device = setInterval(() => {
      const next = home.sandbox.freshCode("alice");
      if (next !== shown) home.write("code", next);
      shown = next;
    }, 10);
    const short = [...dev, "--short-suffix=short", "--duration=900"];
    const all = [dev, short].map((args) => home.refresh(args, { AWS_MFA_PROCESS }));
    const ended = await Promise.all(all).finally(() => clearInterval(device));
    expect(ended.map(({ code }) => code)).toEqual([0, 0]);
    expect(home.asked().toSorted()).toEqual([session(43_200), session(900)]);
    const ends = ["dev", "dev-short"].map((name) => home.section(name)["expiration"]!);
    expect(ends[0]! > ends[1]!).toBe(true);
  });

  test("by a clock that is behind AWS's, too", async () => {
    await using home = await startDev();
    home.sandbox.trouble.clockOffsetMs = 120_000;
    const args = [...dev, "--duration=1800"];
    expect(await home.refreshWithCode(args)).toMatchObject({ code: 0 });
    expect(await home.refresh([...args, "--short-suffix=b"])).toMatchObject({ code: 0 });
    expect(home.section("dev-b")).toEqual(home.section("dev"));
  });

  test("twenty roles and sections at once: one code, and no section is lost", async () => {
    await using home = await startDev();
    const code = home.write("code", home.sandbox.freshCode("alice"));
    const env = { AWS_MFA_PROCESS: `cat '${code}'` };
    const names = Array.from({ length: 20 }, (_, index) => `n${index}`);
    const all = names.map((name) => {
      const role = ["--assume", admin, "--role-session-name", name];
      return home.refresh([...dev, "--short-suffix", name, ...role], env);
    });
    const ended = await Promise.all(all);
    expect(ended.map(({ code }) => code)).toEqual(names.map(() => 0));
    expect(home.asked().filter((line) => line === session(43_200))).toHaveLength(1);
    expect(home.asked()).toHaveLength(21);
    const keys = names.map((name) => home.section(`dev-${name}`)["aws_access_key_id"]);
    expect(new Set(keys).size).toBe(20);
    expect(await home.arnOf("dev-n7")).toContain(":assumed-role/admin/n7");
    expect(home.text()).toMatch(/^\[dev-long-term\]\naws_access_key_id = AKIA/);
  });
});

describe.concurrent("long-term keys", () => {
  const both = (user: SandboxUser): string =>
    `${longTerm("dev-long-term")(user)}[dev]\naws_access_key_id = AKIAONLYHERE\naws_secret_access_key = s\n`;

  test.each([[[]], [["--force"]]])(
    "are not overwritten, and no code is asked for: %j",
    async (more) => {
      await using home = await startRefreshHome(both);
      const before = home.text();
      const ended = await home.refreshWithCode([...dev, ...more]);
      expect(ended).toMatchObject({
        code: 253,
        stderr: expect.stringMatching(
          /^awsmfa: \[dev\] of .*credentials holds long-term keys \(…HERE\), which would be overwritten\.\n.*--overwrite-long-term/,
        ),
      });
      expect([home.text(), home.asked()]).toEqual([before, []]);
    },
  );

  test("are none the less, though aws configure has left the token of those before", async () => {
    await using home = await startDev();
    await home.refreshWithCode(dev);
    const configured = home
      .text()
      .replace(
        /(\[dev\]\naws_access_key_id = ).*\n(aws_secret_access_key = ).*/,
        "$1AKIANEWONES\n$2new",
      );
    for (const force of [[], ["--force"]]) {
      home.write(".aws/credentials", configured);
      const ended = await home.refreshWithCode([...dev, ...force]);
      expect(ended).toMatchObject({ code: 253, stderr: expect.stringContaining("(…ONES)") });
      expect(home.text()).toBe(configured);
    }
  });

  test("are not overwritten where a secret alone stands there", async () => {
    const half = (user: SandboxUser): string =>
      `${longTerm("dev-long-term")(user)}[dev]\naws_secret_access_key = only\n`;
    await using home = await startRefreshHome(half);
    const before = home.text();
    const ended = await home.refreshWithCode(dev);
    expect(ended).toMatchObject({ code: 253, stderr: expect.stringContaining("without an id") });
    expect([home.text(), home.asked()]).toEqual([before, []]);
  });

  test("are overwritten by --overwrite-long-term, and kept in a backup", async () => {
    await using home = await startRefreshHome(both);
    const before = home.text();
    const ended = await home.refreshWithCode([...dev, "--overwrite-long-term"]);
    const backup = `${home.path}.awsmfa-backup`;
    expect(ended).toMatchObject({ code: 0, stderr: expect.stringContaining(backup) });
    expect(readFileSync(backup, "utf8")).toBe(before);
    expect(statSync(backup).mode & 0o777).toBe(0o600);
    expect(await home.arnOf("dev")).toContain(":user/alice");
  });

  test.each([
    ["--long-term-suffix=none", "--short-term-suffix=none"],
    ["--long-suffix", "x", "--short-suffix", "x"],
    ["--overwrite-long-term", "--long-suffix=NONE"],
  ])("and temporary ones cannot share a section: %j", async (...more) => {
    await using home = await startRefreshHome(both);
    const before = home.text();
    const ended = await home.refreshWithCode([...dev, ...more]);
    expect(ended).toMatchObject({
      code: 253,
      stderr: expect.stringContaining("cannot both stand in [dev"),
    });
    expect(home.text()).toBe(before);
  });
});

test("keys that stand where the session would go: two ways out, and both work", async () => {
  await using home = await startRefreshHome(longTerm("dev"));
  const ended = await home.refresh(dev);
  const [, ways] =
    /leave it as it is by\n {2}(--long-term-suffix none .*)\n$/.exec(ended.stderr) ?? [];
  expect(ended.code).toBe(253);
  expect(await home.refreshWithCode([...dev, ...ways!.split(" ")])).toMatchObject({ code: 0 });
  expect(await home.arnOf("dev-mfa")).toContain(":user/alice");
  home.write(".aws/credentials", home.text().replace("[dev]", "[dev-long-term]"));
  expect(await home.refresh(dev)).toMatchObject({ code: 0 });
  expect(await home.arnOf("dev")).toContain(":user/alice");
});

describe.concurrent("what it says", () => {
  test.each<[args: string[], says: RegExp]>([
    [["--log-level", "warning"], /^$/],
    [["--log-level=ERROR"], /^$/],
    [["--log-level=Critical"], /^$/],
    [
      ["--log-level=info"],
      /^awsmfa: profile dev is not there yet.*\nawsmfa: profile dev is valid for \d+ seconds, until .*\n$/,
    ],
    [["--log-level=DEBUG"], /awsmfa: debug: .*awsmfa: profile dev is valid/s],
    [["--log-level=notset"], /awsmfa: debug: /],
  ])("%j", async (args, says) => {
    await using home = await startDev();
    const ended = await home.refreshWithCode([...dev, ...args]);
    expect(ended).toMatchObject({ code: 0, stdout: "", stderr: expect.stringMatching(says) });
  });

  test.each<[args: string[], code: number, says: RegExp]>([
    [["--log-level=loud"], 252, /It takes one of CRITICAL, ERROR, WARNING, INFO, DEBUG, NOTSET/],
    [["--duration=5"], 253, /--duration is "5"; it takes whole seconds from 900 to 129600/],
    [
      ["--duration=50000", "--assume", admin],
      253,
      /--duration is "50000"; it takes whole seconds from 900 to 43200/,
    ],
    [["--setup", "--force"], 252, /'--setup' cannot be used with option '--force'/],
    [["--setup", "--assume=x"], 252, /'--setup' cannot be used with option '--assume/],
    [["--duration=1h"], 252, /argument '1h' is invalid\. It takes whole seconds/],
    [["--assume-role=admin"], 253, /--assume-role is "admin"; it takes the ARN of a role/],
    [
      ["--assume", admin, "--role-session-name", "a b"],
      253,
      /--role-session-name is "a b"; it takes 2 to 64/,
    ],
    [["--device=phone 1"], 253, /--device is "phone 1", which is not the serial/],
    [
      ["--profile=nobody"],
      253,
      /there is no section \[nobody-long-term\] with the long-term keys\.\n {2}There is one for these profiles: dev\.\n.*--setup/,
    ],
    [["--profile=dev-long-term"], 253, /The profile's name is without that: --profile dev\n/],
    [
      ["—profile", "dev"],
      252,
      /too many arguments.*\n {2}A profile is named by --profile, with two plain hyphens\./,
    ],
  ])("%j is refused, and nothing is asked", async (args, code, says) => {
    await using home = await startDev();
    const before = home.text();
    const ended = await home.refreshWithCode([...dev, ...args]);
    expect(ended).toMatchObject({ code, stdout: "", stderr: expect.stringMatching(says) });
    expect([home.text(), home.asked()]).toEqual([before, []]);
  });

  test.each<[title: string, env: Record<string, string>, config: string, says: RegExp]>([
    [
      "keys of the environment",
      { AWS_ACCESS_KEY_ID: "AKIAX", AWS_SECRET_ACCESS_KEY: "x" },
      "",
      /AWS_ACCESS_KEY_ID is set: programs use it, and not profile dev/,
    ],
    [
      "a role",
      {},
      `[profile dev]\nrole_arn = ${admin}\nsource_profile = dev-long-term\n`,
      /profile dev signs in another way/,
    ],
    ["single sign-on", {}, "[profile dev]\nsso_session = x\n", /profile dev signs in another way/],
  ])("that %s is preferred to what it writes", async (_title, env, config, says) => {
    await using home = await startDev();
    home.write(".aws/config", config);
    const ended = await home.refreshWithCode(dev, env);
    expect(ended).toMatchObject({ code: 0, stderr: expect.stringMatching(says) });
  });
});

describe.concurrent("beside the other commands", () => {
  test("status tells what is written, and until when", async () => {
    await using home = await startDev();
    const env = { ...home.env, AWS_PROFILE: "dev", COLUMNS: "200" };
    await home.refreshWithCode([...dev, "--assume", admin]);
    const during = await runAwsmfa(["status"], { env });
    expect(during).toMatchObject({ code: 0, stderr: "" });
    expect(during.stdout).toMatch(
      /Profile dev \(active\): session until .*, in the credentials file\.\n$/,
    );
    const json = await runAwsmfa(["status", "--json"], { env });
    expect(JSON.parse(json.stdout)).toMatchObject({
      active: { profile: "dev", usable: true },
      sessions: [
        { kind: "mfa", active: false },
        { kind: "role", active: true },
      ],
    });
    home.write(
      ".aws/credentials",
      home.text().replace(/^expiration = .*$/m, "expiration = 2020-01-01 00:00:00"),
    );
    const after = await runAwsmfa(["status"], { env });
    expect(after).toMatchObject({ code: 1, stderr: "" });
    expect(after.stdout).toMatch(
      /: its session has expired, or is about to; awsmfa refresh renews it\.\n$/,
    );
  });

  test("clean says what the credentials file still holds", async () => {
    await using home = await startDev();
    const clean = (...profiles: string[]) => runAwsmfa(["clean", ...profiles], { env: home.env });
    await home.refreshWithCode(dev);
    const still =
      "[dev] of the credentials file still holds a session: programs use it until it expires.\n";
    expect((await clean("dev")).stdout).toBe(`No session of profile dev is stored.\n${still}`);
    expect((await clean("dev-long-term")).stdout).toBe(
      `Forgot the session of profile dev-long-term (device phone).\n${still}`,
    );
    expect((await clean()).stdout).toBe("No session is stored.\n");
    await home.refreshWithCode([...dev, "--short-suffix=x", "--force"]);
    await home.refresh([...dev, "--short-suffix=y"]);
    expect((await clean()).stdout).toMatch(
      /\n\[dev-x\] and \[dev-y\] of the credentials file still hold sessions: programs use them until they expire\.\n$/,
    );
    home.write(
      ".aws/credentials",
      home.text().replace(/^expiration = .*$/gm, "expiration = 2020-01-01 00:00:00"),
    );
    expect((await clean("dev")).stdout).toBe("No session of profile dev is stored.\n");
  });
});
