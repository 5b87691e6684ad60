import { join } from "node:path";
import { expect, test } from "vitest";
import type { SandboxUser } from "../../src/sandbox/sandbox.ts";
import { python } from "../support/commands.ts";
import { keysSection } from "../support/lab.ts";
import { run, type Ended } from "../support/run.ts";
import { startWatchHome, type WatchHome } from "./watch-home.ts";

const leastReads = 5000;

/** So many of them are enough for a machine with two cores. */
const boto3Readers = 2;

interface Found {
  /** What was read, and how often. */
  readonly found: Readonly<Record<string, number>>;
  /** Who boto3 was to AWS with it. */
  readonly arns?: readonly string[];
}

const head = (user: SandboxUser): string =>
  `# mine\n${keysSection("dev", user)}mfa_serial = ${user.serial}\n\n`;

const tail = "\n# theirs\r\n[other]\r\nregion=eu-west-1  \r\n\r\n\t[last]\nno_line_end = \u00fc";

test("whoever reads while sessions are renewed finds one of them, whole", async () => {
  await using home = await startWatchHome((user) => `${head(user)}[dev-mfa]\n# kept\n${tail}`);
  const args = ["--profile", "dev", "--duration", "900", "--refresh-lead-time", "890"];
  const watcher = home.watch(args);
  const renewed = async (): Promise<string> => {
    await watcher.until("profile dev-mfa is renewed", 45);
    return home.text();
  };
  const texts = [await renewed()];
  const keys = [keysOf(home)];
  const end = join(home.home, "end");
  const boto3Ended = Array.from({ length: boto3Readers }, () =>
    start(home, "boto3-reader.py", [end, String(leastReads / boto3Readers)]),
  );
  const bytesEnded = start(home, "bytes-reader.py", [end, home.path]);
  for (let renewal = 1; renewal <= 3; renewal++) {
    texts.push(await renewed());
    keys.push(keysOf(home));
  }
  home.write("end", "");
  // Whoever still reads finds the last one.
  watcher.signal("SIGTERM");
  expect(await watcher.ended).toBe("SIGTERM");
  const seen = (await Promise.all(boto3Ended)).map(foundBy);
  const bytes = foundBy(await bytesEnded);

  const reads = seen.flatMap(({ found }) => Object.values(found));
  expect(reads.reduce((sum, count) => sum + count)).toBeGreaterThanOrEqual(leastReads);
  expectAmong(keys, seen);
  expectAmong(texts, [bytes]);
  expect(new Set(seen.flatMap(({ arns }) => arns))).toEqual(new Set([home.user.arn]));
  for (const text of texts) {
    expect(text.startsWith(`${head(home.user)}[dev-mfa]\n`)).toBe(true);
    expect(text.endsWith(`# kept\n${tail}`)).toBe(true);
  }
  for (const seconds of secondsBetween(home)) {
    expect(seconds).toBeGreaterThan(8);
    expect(seconds).toBeLessThan(20);
  }
}, 180_000);

/** Nothing but what was written was found, and that of each renewal but perhaps the last, which came late. */
function expectAmong(written: readonly string[], seen: readonly Found[]): void {
  const found = new Set(seen.flatMap((each) => Object.keys(each.found)));
  expect(new Set(written).size).toBe(written.length);
  expect([...found].filter((each) => !written.includes(each))).toEqual([]);
  expect(written.slice(0, -1).filter((each) => !found.has(each))).toEqual([]);
}

/** Starts a program that reads until it is told to end. */
function start(home: WatchHome, script: string, args: readonly string[]): Promise<Ended> {
  return run(python, [join(import.meta.dirname, script), ...args], { env: home.env });
}

function foundBy(reader: Ended): Found {
  expect(reader).toMatchObject({ code: 0, stderr: "" });
  return JSON.parse(reader.stdout) as Found;
}

/** As the reader prints them. */
function keysOf(home: WatchHome): string {
  const { aws_access_key_id, aws_secret_access_key, aws_session_token } = home.section("dev-mfa");
  return [aws_access_key_id, aws_secret_access_key, aws_session_token].join(" ");
}

function secondsBetween({ sandbox }: WatchHome): number[] {
  const times = sandbox.calls
    .filter(({ operation }) => operation === "GetSessionToken")
    .map(({ at }) => at.getTime() / 1000);
  return times.slice(1).map((time, index) => time - (times[index] ?? 0));
}
