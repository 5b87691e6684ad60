import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { SandboxOptions, SandboxUser } from "../../src/sandbox/sandbox.ts";
import { awsmfa } from "../support/commands.ts";
import { keysSection } from "../support/lab.ts";
import { shellOnTerminal } from "../support/on-terminal.ts";
import { run, type Ended } from "../support/run.ts";
import { startRefreshHome, type RefreshHome } from "./refresh-home.ts";

// What aws-mfa 0.0.12 does wrong, number by number (c: corner cases, where c10 is one of the setup, b: bugs
// and weaknesses), and what happens here.

type Variables = Readonly<Record<string, string>>;

const admin = "arn:aws:iam::123456789012:role/admin";
const dev = ["--profile", "dev"];
const role = ["--assume-role", admin];

const usual = (user: SandboxUser): string =>
  `${keysSection("dev-long-term", user)}mfa_serial = ${user.serial}\n`;

/** `[dev]` with a session that was written before, and has so many seconds left. */
function devEnding(left: number | string): string {
  const time = (seconds: number): string =>
    new Date(Date.now() + seconds * 1000).toISOString().replace("T", " ").slice(0, 19);
  const keys = "aws_session_token = t\naws_security_token = t\nassumed_role = False\n";
  const end = typeof left === "string" ? left : time(left);
  const pair = keysSection("dev", { accessKeyId: "ASIAOLD", secretAccessKey: "s" });
  return `${pair}${keys}expiration = ${end}\n`;
}

const ofAnother = { accessKeyId: "AKIAONLYHERE", secretAccessKey: "s" };

interface Fault {
  readonly fault: string;
  /** What it did. */
  readonly itsWay: string;
  readonly file?: (user: SandboxUser) => string;
  readonly world?: SandboxOptions;
  readonly args?: readonly string[];
  readonly env?: Variables | ((home: RefreshHome) => Variables);
  /** Without a code. */
  readonly alone?: boolean;
  readonly code: number;
  readonly says: RegExp;
}

describe.concurrent("what aws-mfa does wrong ends in a sentence, and the file stays", () => {
  test.each<Fault>([
    {
      fault: "c1: a wrong code",
      itsWay: "one line, exit 1",
      env: ({ sandbox }) => ({ AWS_MFA_TOKEN: sandbox.wrongCode("alice") }),
      code: 254,
      says: /^awsmfa: profile dev is not there yet.*\nawsmfa: AWS did not accept the code of AWS_MFA_TOKEN: wrong, or already used \(AccessDenied; profile dev-long-term, key …\w{4}, device phone/,
    },
    {
      fault: "c1: a wrong code by its option",
      itsWay: "one line, exit 1",
      args: ["--mfa-token", "000000"],
      code: 254,
      says: /did not accept the code of --token: wrong, or already used/,
    },
    {
      fault: "c2: a code of wrong length",
      itsWay: '"Token must be six digits"',
      args: ["--token", "12345"],
      code: 253,
      says: /--token is not a code of six digits\.\nawsmfa: no MFA code for phone/,
    },
    {
      fault: "c2: a duration of 5 seconds",
      itsWay: '"Token must be six digits"',
      args: ["--duration", "5"],
      code: 253,
      says: /^awsmfa: --duration is "5"; it takes whole seconds from 900 to 129600\.\n$/,
    },
    {
      fault: "c4: a duration that is none",
      itsWay: "ValueError",
      env: { MFA_STS_DURATION: "abc" },
      code: 253,
      says: /^awsmfa: MFA_STS_DURATION is "abc"; it takes whole seconds from 900 to 129600\.\n$/,
    },
    {
      fault: "c5: a section twice",
      itsWay: "DuplicateSectionError",
      file: (user) => `${usual(user)}[other]\n[dev-long-term]\n`,
      code: 253,
      says: /^awsmfa: \S+\/\.aws\/credentials, line 6: the section of line 1 once more\./,
    },
    {
      fault: "c5: a key twice",
      itsWay: "DuplicateOptionError",
      file: (user) => `${usual(user)}region = eu-west-1\nRegion = eu-west-2\n`,
      code: 253,
      says: /^awsmfa: \S+\/\.aws\/credentials, line 6: /,
    },
    {
      fault: "c8: nobody to ask, the input at its end",
      itsWay: "EOFError",
      alone: true,
      code: 253,
      says: /no MFA code for phone \(profile dev, renewing for 43200 seconds\), and nobody to ask\.\n.*AWS_MFA_TOKEN.*\n.*\n.*AWS_MFA_PROMPT=askpass\.\n$/,
    },
    {
      fault: "b1: permanent keys where the session is to go",
      itsWay: "overwritten",
      file: (user) => usual(user) + keysSection("dev", ofAnother),
      code: 253,
      says: /^awsmfa: \[dev\] of \S+ holds long-term keys \(…HERE\), which would be overwritten/,
    },
    {
      fault: "b1: the same, forced",
      itsWay: "overwritten",
      file: (user) => usual(user) + keysSection("dev", ofAnother),
      args: ["--force"],
      code: 253,
      says: /^awsmfa: \[dev\] of \S+ holds long-term keys/,
    },
  ])("$fault (there: $itsWay)", async (row) => {
    const { file = usual, world, args = [], env = {}, alone, code, says } = row;
    await using home = await startRefreshHome(file, world);
    const before = home.text();
    const more = typeof env === "function" ? env(home) : env;
    const refresh = alone ? home.refresh : home.refreshWithCode;
    const ended = await refresh([...dev, ...args], more);
    expect(ended).toMatchObject({ code, stdout: "", stderr: expect.stringMatching(says) });
    expect(ended.stderr).not.toMatch(/^ +at /m);
    expect(home.text()).toBe(before);
    expect(home.asked().filter((call) => !call.endsWith("403"))).toEqual([]);
  });
});

describe.concurrent("what aws-mfa does wrong works", () => {
  test.each<Omit<Fault, "code">>([
    {
      fault: "c3: AWS_PROFILE of a section that is not written yet",
      itsWay: "ProfileNotFound",
      args: [],
      env: { AWS_PROFILE: "dev" },
      says: /^awsmfa: profile dev is not there yet/,
    },
    {
      fault: "c4: an end that is none",
      itsWay: "ValueError",
      file: (user) => usual(user) + devEnding("tomorrow"),
      says: /the session of profile dev is missing or incomplete: getting one\./,
    },
    {
      fault: "b3: the standard setting in the config file, and the file elsewhere",
      itsWay: "not looked at",
      file: () => "# empty\n",
      env: ({ home, user, write }) => {
        write("elsewhere/config", `[profile dev-long-term]\nmfa_serial = ${user.serial}\n`);
        write("elsewhere/credentials", keysSection("dev-long-term", user));
        return {
          AWS_CONFIG_FILE: join(home, "elsewhere/config"),
          AWS_SHARED_CREDENTIALS_FILE: join(home, "elsewhere/credentials"),
        };
      },
      says: /profile dev is valid for/,
    },
    {
      fault: "b4: keys in the environment, which hide the section",
      itsWay: "no word of it",
      env: { AWS_ACCESS_KEY_ID: "AKIAX", AWS_SECRET_ACCESS_KEY: "x" },
      says: /^awsmfa: AWS_ACCESS_KEY_ID is set: programs use it, and not profile dev/,
    },
    {
      fault: "b4: the same, where little is to be told",
      itsWay: "no word of it",
      args: [...dev, "--log-level", "ERROR"],
      env: { AWS_ACCESS_KEY_ID: "AKIAX", AWS_SECRET_ACCESS_KEY: "x" },
      says: /^awsmfa: AWS_ACCESS_KEY_ID is set: programs use it.*\n$/,
    },
    {
      fault: "b5: fewer seconds than were asked for, on a clock of this place",
      itsWay: "the seconds asked for, in UTC without saying so",
      world: { users: [{ name: "alice", devices: ["phone"] }], sessionSeconds: 1800 },
      says: /profile dev is valid for 1(799|800) seconds, until \d{4}-\d\d-\d\d \d\d:\d\d:\d\d \+0[12]:00\.\n$/,
    },
    {
      fault: "b6: at length, if wanted, to the last step",
      itsWay: "always, and on stdout",
      args: [...dev, ...role, "--log-level", "DEBUG"],
      says: /awsmfa: debug: .*\nawsmfa: debug: assuming the role of profile dev\n/s,
    },
    {
      fault: "b8: a session that is about to end",
      itsWay: "valid to the last second",
      file: (user) => usual(user) + devEnding(200),
      says: /the session of profile dev has expired, or is about to: renewing it\./,
    },
    {
      fault: "b9: a role of the environment",
      itsWay: "no word of it, and the wrong profile",
      file: (user) => usual(user) + devEnding(9000),
      env: { MFA_ASSUME_ROLE: admin },
      says: /^awsmfa: getting a session of arn:aws:iam::123456789012:role\/admin for profile dev\./,
    },
  ])("$fault (there: $itsWay)", async ({ file = usual, world, args = dev, env = {}, says }) => {
    await using home = await startRefreshHome(file, world);
    const more = typeof env === "function" ? env(home) : env;
    const ended = await home.refreshWithCode(args, more);
    expect(ended).toMatchObject({ code: 0, stdout: "", stderr: expect.stringMatching(says) });
    const path = more["AWS_SHARED_CREDENTIALS_FILE"] ?? home.path;
    expect(readFileSync(path, "utf8")).toMatch(/^aws_access_key_id = ASIA(?!OLD)/m);
  });

  test("c1, c2: a wrong code and one of wrong length are asked for again", async () => {
    await using home = await startRefreshHome(usual);
    const { sandbox, env } = home;
    const terminal = shellOnTerminal('awsmfa refresh --profile dev; echo "status $?"', env);
    const prompt = "MFA code for phone (profile dev, renewing for 43200 seconds): ";
    for (const answer of ["12345", sandbox.wrongCode("alice"), sandbox.freshCode("alice")]) {
      await terminal.until(prompt);
      terminal.type(`${answer}\r`);
    }
    await terminal.until("status 0");
    expect(terminal.shown).toMatch(/six digits/);
    expect(terminal.shown).toMatch(/wrong or already used: wait for the next code/);
    expect(home.asked()).toHaveLength(2);
  });

  test("b6: in $( ), where the prompt is on the terminal and the output empty", async () => {
    await using home = await startRefreshHome(usual);
    const script = 'out=$(awsmfa refresh --profile dev </dev/null 2>"$HOME/err"); echo "[$out]"';
    const terminal = shellOnTerminal(script, home.env);
    await terminal.until("renewing for 43200 seconds): ");
    terminal.type(`${home.sandbox.freshCode("alice")}\r`);
    await terminal.until("[]");
    expect(readFileSync(join(home.home, "err"), "utf8")).toMatch(/valid for \d+ seconds/);
  });

  test("b8: a margin that no session could have is half of it", async () => {
    await using home = await startRefreshHome(usual);
    const args = [...dev, "--duration", "900"];
    const env = { AWS_MFA_MIN_TTL: "3600" };
    expect(await home.refreshWithCode(args, env)).toMatchObject({ code: 0 });
    const still = expect.stringContaining("still valid for 14 min");
    expect(await home.refresh(args, env)).toMatchObject({ code: 0, stderr: still });
    expect(await home.refresh(dev, env)).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/is about to/),
    });
  });

  test("b7: every suffix and every role with one code", async () => {
    await using home = await startRefreshHome(usual);
    expect(await home.refreshWithCode(dev)).toMatchObject({ code: 0 });
    const deploy = ["--assume-role", admin.replace("admin", "deploy")];
    for (const [index, more] of [[], role, deploy].entries()) {
      const suffix = ["--short-term-suffix", `s${index}`];
      expect(await home.refresh([...dev, ...suffix, ...more])).toMatchObject({ code: 0 });
    }
    const sessions = home.asked().filter((call) => call.startsWith("GetSessionToken"));
    expect(sessions).toHaveLength(1);
  });
});

describe.concurrent("the file", () => {
  test("c6: no folder for it (there: FileNotFoundError)", async () => {
    await using home = await startRefreshHome(usual);
    rmSync(join(home.home, ".aws"), { recursive: true });
    const nothing = await home.refreshWithCode(dev);
    expect(nothing).toMatchObject({
      code: 253,
      stderr: expect.stringMatching(/there is no section \[dev-long-term\].*\n.*--setup/),
    });
    expect(existsSync(join(home.home, ".aws"))).toBe(false);
    const { user } = home;
    const keys = keysSection("profile dev-long-term", user);
    const config = home.write("config", `${keys}mfa_serial = ${user.serial}\n`);
    expect(await home.refreshWithCode(dev, { AWS_CONFIG_FILE: config })).toMatchObject({ code: 0 });
    expect(statSync(join(home.home, ".aws")).mode & 0o777).toBe(0o700);
    expect(statSync(home.path).mode & 0o777).toBe(0o600);
  });

  test.each<[umask: string, before: number | undefined, after: number]>([
    ["022", undefined, 0o600],
    ["000", undefined, 0o600],
    ["077", undefined, 0o600],
    ["022", 0o600, 0o600],
    ["077", 0o640, 0o640],
  ])(
    "c7: its mode, with umask %s, was %s and is %s (there: 0644)",
    async (umask, before, after) => {
      await using home = await startRefreshHome(usual);
      const { user } = home;
      const keys = keysSection("profile dev-long-term", user);
      home.write(".aws/config", `${keys}mfa_serial = ${user.serial}\n`);
      if (before === undefined) rmSync(home.path);
      else chmodSync(home.path, before);
      const code = home.sandbox.freshCode("alice");
      const script = `umask ${umask} && exec "$@"`;
      const words = ["-c", script, "sh", process.execPath, awsmfa, "refresh", ...dev];
      const env = { ...home.env, AWS_MFA_TOKEN: code };
      expect(await run("/bin/sh", words, { env })).toMatchObject({ code: 0 });
      expect(statSync(home.path).mode & 0o777).toBe(after);
    },
  );

  test("b2: comments, letters, order and separators stay (there: rewritten)", async () => {
    const pair = (user: SandboxUser): string =>
      `AWS_Access_Key_ID: ${user.accessKeyId}\nAWS_Secret_Access_Key=${user.secretAccessKey}`;
    const file = (user: SandboxUser): string =>
      `; mine\n\n[Zed]\nRegion=eu-west-1\ns3 =\n    max_queue_size = 10\n\n\n# keys\n[dev-long-term]\n${pair(user)}\n# device\nmfa_serial :${user.serial}`;
    await using home = await startRefreshHome(file);
    const before = home.text();
    expect(await home.refreshWithCode(dev)).toMatchObject({ code: 0 });
    expect(home.text().startsWith(`${before}\n\n[dev]\naws_access_key_id = ASIA`)).toBe(true);
    const first = home.text();
    expect(await home.refreshWithCode([...dev, "--force"])).toMatchObject({ code: 0 });
    const sameBut = (text: string): string => text.replace(/^(aws_|expiration).*\n/gm, "$1\n");
    expect(sameBut(home.text())).toBe(sameBut(first));
  });
});

describe.concurrent("b2: what others write while the code is asked for (there: lost)", () => {
  /** A program that gives a code, and adds these lines to the file first. */
  function writingMeanwhile(home: RefreshHome, lines: string): Variables {
    const [more, code] = [
      home.write("more", lines),
      home.write("code", home.sandbox.freshCode("alice")),
    ];
    return { AWS_MFA_PROCESS: `cat '${more}' >>'${home.path}'; cat '${code}'` };
  }

  test("stays", async () => {
    await using home = await startRefreshHome(usual);
    const before = home.text();
    const lines = "# theirs\n[theirs]\nregion = eu-west-1\n";
    expect(await home.refresh(dev, writingMeanwhile(home, lines))).toMatchObject({ code: 0 });
    expect(home.text().startsWith(`${before}${lines}\n[dev]\naws_access_key_id = ASIA`)).toBe(true);
  });

  test("stays, and is not overwritten, where it is long-term keys", async () => {
    await using home = await startRefreshHome(usual);
    const before = home.text();
    const lines = keysSection("dev", ofAnother);
    const ended = await home.refresh(dev, writingMeanwhile(home, lines));
    const says = /\[dev\] of \S+ holds long-term keys \(…HERE\)/;
    expect(ended).toMatchObject({ code: 253, stderr: expect.stringMatching(says) });
    expect(home.text()).toBe(before + lines);
    // The code was not given in vain: the session is there.
    const elsewhere = [...dev, "--short-term-suffix", "mfa"];
    expect(await home.refresh(elsewhere)).toMatchObject({ code: 0 });
  });
});

/** As a user who is in no list of users, as in many containers. */
const unlisted = ["--user", "--map-user=12345"];
const canBeUnlisted = succeeds("unshare", [...unlisted, "/bin/true"]);

describe.skipIf(!canBeUnlisted)("c9: a user without a name (there: KeyError)", () => {
  test.each<[args: readonly string[], arn: RegExp]>([
    [[], /:user\/alice$/],
    [role, /:assumed-role\/admin\/phone$/],
    [[...role, "--role-session-name", "me"], /:assumed-role\/admin\/me$/],
  ])("%j", async (args, arn) => {
    await using home = await startRefreshHome(usual);
    const env: Record<string, string> = { ...home.env };
    delete env["LOGNAME"];
    env["AWS_MFA_TOKEN"] = home.sandbox.freshCode("alice");
    const words = [...unlisted, process.execPath, awsmfa, "refresh", ...dev, ...args];
    const ended: Ended = await run("unshare", words, { env });
    expect(ended).toMatchObject({ code: 0, stdout: "" });
    expect(await home.arnOf("dev")).toMatch(arn);
  });
});

function succeeds(program: string, args: readonly string[]): boolean {
  try {
    execFileSync(program, args, { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
