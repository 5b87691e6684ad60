import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readAwsArgs, withoutProfile, type AwsArgs } from "../../../src/core/plan/aws-args.ts";
import { python } from "../../support/commands.ts";

describe("the wrapped arguments", () => {
  const profile = (name: string) => ({ profile: name });
  const none = { profile: undefined, malformed: false, unsigned: false, version: false };
  const malformed = { malformed: true };

  // arguments, what is found in them, the words that are left
  // prettier-ignore
  it.each<[string[], Partial<AwsArgs>, string[]]>([
    [[], none, []],
    [[""], none, [""]],
    [["s3", "ls"], none, ["s3", "ls"]],
    [["--profile", "dev", "s3", "ls"], profile("dev"), ["s3", "ls"]],
    [["s3", "--profile", "dev", "ls"], profile("dev"), ["s3", "ls"]],
    [["s3", "ls", "--profile", "dev"], profile("dev"), ["s3", "ls"]],
    [["s3", "ls", "--profile=dev"], profile("dev"), ["s3", "ls"]],
    [["--p", "dev", "s3"], profile("dev"), ["s3"]],
    [["--pr=dev", "s3"], profile("dev"), ["s3"]],
    [["--profil", "dev", "s3"], profile("dev"), ["s3"]],
    [["--profiles", "dev", "s3"], none, ["--profiles", "dev", "s3"]],
    [["-profile", "dev"], none, ["-profile", "dev"]],
    [["-p", "dev"], none, ["-p", "dev"]],
    [["--PROFILE", "dev"], none, ["--PROFILE", "dev"]],
    [["--profile", "a", "--profile", "b"], profile("b"), []],
    [["--profile=a", "--p", "b", "--prof=c"], profile("c"), []],
    [["--profile", "a", "--profile", ""], none, []],
    [["--profile", "a", "--profile="], none, []],
    [["--profile", ""], none, []],
    [["--profile="], none, []],
    [["--profile=", "--profile", "a"], profile("a"), []],
    [["--profile=a=b"], profile("a=b"), []],
    [["--profile==a"], profile("=a"), []],
    [["--profile=--region"], profile("--region"), []],
    [["--profile= a "], profile(" a "), []],
    [["--profile", " a b "], profile(" a b "), []],
    [["--profile", "-"], profile("-"), []],
    [["--profile", "-1"], profile("-1"), []],
    [["--profile", "-.5"], profile("-.5"), []],
    [["--profile", "-1.5"], profile("-1.5"), []],
    [["--profile", "-x y"], profile("-x y"), []],
    [["--profile", "--x y"], profile("--x y"), []],
    [["--profile", "a\nb"], profile("a\nb"), []],
    [["--profile", "ünï"], profile("ünï"), []],
    [["--profile", "profile"], profile("profile"), []],
    [["--profile", "../../x"], profile("../../x"), []],
    [["--profile"], malformed, []],
    [["s3", "--profile"], malformed, ["s3"]],
    [["--profile", "--"], malformed, []],
    [["--profile", "-x"], malformed, ["-x"]],
    [["--profile", "-1x"], malformed, ["-1x"]],
    [["--profile", "--profile"], malformed, []],
    [["--profile", "--region", "x"], malformed, []],
    [["--profile", "--region=a b"], malformed, []],
    [["--profile", "--reg=a b"], malformed, []],
    [["--region"], malformed, []],
    [["--query", "--output"], malformed, []],
    [["--debug=1"], malformed, []],
    [["--debug="], malformed, []],
    [["--no-sign-request=x"], malformed, []],
    [["--no", "s3"], malformed, ["s3"]],
    [["--c=1"], malformed, []],
    [["--cli-", "1"], malformed, ["1"]],
    [["--v", "s3"], malformed, ["s3"]],
    [["--=x"], malformed, []],
    [["--", "--profile", "dev"], none, ["--profile", "dev"]],
    [["--", "--profile"], none, ["--profile"]],
    [["s3", "--", "--profile=dev", "--", "x"], none, ["s3", "--profile=dev", "--", "x"]],
    [["--profile", "a", "--", "--profile", "b"], profile("a"), ["--profile", "b"]],
    [["--profile=a", "--profile=b", "--"], profile("b"), []],
    [["--query", "--profile=x"], malformed, []],
    [["--query", "profile", "x"], none, ["x"]],
    [["--query", "", "x"], none, ["x"]],
    [["--query=", "x"], none, ["x"]],
    [["--name", "--profile", "dev"], profile("dev"), ["--name"]],
    [["--name=--profile", "dev"], none, ["--name=--profile", "dev"]],
    [["--name --profile", "dev"], none, ["--name --profile", "dev"]],
    [["--color", "on", "--region", "x", "s3"], none, ["s3"]],
    [["--output=json", "--endpoint-url", "http://x", "s3"], none, ["s3"]],
    [["--ca-bundle", "x", "--cli-read-timeout", "1", "--cli-connect-timeout", "1"], none, []],
    [["--cli-binary-format", "base64", "--cli-error-format", "json"], none, []],
    [["--debug", "--no-paginate", "--no-verify-ssl", "--v2-debug", "x"], none, ["x"]],
    [["--no-cli-pager", "--cli-auto-prompt", "--no-cli-auto-prompt", "x"], none, ["x"]],
    [["--no-sign-request"], { unsigned: true }, []],
    [["s3", "ls", "--no-sign"], { unsigned: true }, ["s3", "ls"]],
    [["--no-s", "x"], { unsigned: true }, ["x"]],
    [["--no-sign-requests"], none, ["--no-sign-requests"]],
    [["--", "--no-sign-request"], none, ["--no-sign-request"]],
    [["--version"], { version: true }, []],
    [["s3", "--vers"], { version: true }, ["s3"]],
    [["--version-id", "3"], none, ["--version-id", "3"]],
    [["---profile", "dev"], none, ["---profile", "dev"]],
    [["-", "--", "-"], none, ["-", "-"]],
    [["--\0", "\0"], none, ["--\0", "\0"]],
    [["__proto__", "--__proto__", "constructor"], none, ["__proto__", "--__proto__", "constructor"]],
  ])("%j", (args, found, words) => {
    const before = [...args];
    const { words: left, ...rest } = readAwsArgs(args);
    expect(rest).toMatchObject(found === none ? none : found);
    expect(left).toEqual(words);
    expect(rest.malformed).toBe(found === malformed);
    expect(args).toEqual(before);
  });

  it("are taken as they are, and quickly, when there are very many", () => {
    const args = Array.from({ length: 20_000 }, (_, index) => `--x${index}=${"y".repeat(50)}`);
    expect(readAwsArgs([...args, "--profile", "dev"])).toMatchObject({ profile: "dev" });
    expect(withoutProfile([...args, "--profile", "dev"])).toEqual(args);
  });
});

describe("without --profile", () => {
  // prettier-ignore
  it.each<[string[], string[]]>([
    [[], []],
    [["s3", "ls"], ["s3", "ls"]],
    [["--profile", "dev", "s3", "ls"], ["s3", "ls"]],
    [["s3", "--profile", "dev", "ls"], ["s3", "ls"]],
    [["s3", "ls", "--profile=dev"], ["s3", "ls"]],
    [["--p", "a", "s3", "--prof=b", "ls", "--profile="], ["s3", "ls"]],
    [["--profile", "", "s3"], ["s3"]],
    [["--profile", "a b", "", " ", "*", "$HOME"], ["", " ", "*", "$HOME"]],
    [["s3", "--", "--profile", "dev"], ["s3", "--", "--profile", "dev"]],
    [["--profile", "a", "--", "--profile", "b"], ["--", "--profile", "b"]],
    [["--", "--", "--"], ["--", "--", "--"]],
    [["--region", "--profile", "x"], ["--region"]],
    [["--query", "profile", "x"], ["--query", "profile", "x"]],
    [["--query", "x", "--profile", "y", "z"], ["--query", "x", "z"]],
    [["--reg=x", "--pr=y"], ["--reg=x"]],
    [["--profiles", "x", "-profile", "y"], ["--profiles", "x", "-profile", "y"]],
    [["--profile", "--debug"], ["--debug"]],
    [["s3", "ls", "--debug", "-h", "help"], ["s3", "ls", "--debug", "-h", "help"]],
    [["--name", "--profile=x"], ["--name"]],
    [["a\nb", "\u{1f511}", "\0"], ["a\nb", "\u{1f511}", "\0"]],
  ])("%j becomes %j", (args, rest) => {
    const before = [...args];
    expect(withoutProfile(args)).toEqual(rest);
    expect(withoutProfile(rest)).toEqual(rest.includes("--profile") ? rest : withoutProfile(rest));
    expect(args).toEqual(before);
  });
});

describe("argparse", () => {
  /** The global options of AWS CLI 1.45 and 2.36, and whether a value follows. */
  const options: Record<string, boolean> = {
    "--debug": false,
    "--endpoint-url": true,
    "--no-verify-ssl": false,
    "--no-paginate": false,
    "--output": true,
    "--query": true,
    "--profile": true,
    "--region": true,
    "--version": false,
    "--color": true,
    "--no-sign-request": false,
    "--ca-bundle": true,
    "--cli-read-timeout": true,
    "--cli-connect-timeout": true,
    "--v2-debug": false,
    "--cli-binary-format": true,
    "--cli-error-format": true,
    "--no-cli-pager": false,
    "--cli-auto-prompt": false,
    "--no-cli-auto-prompt": false,
  };

  const { installed, readings, lists } = readByArgparse();

  it("has the options we think it has", () => {
    expect(options).toMatchObject(installed);
  });

  it("reads what we read", () => {
    const different = lists
      .map((args, index) => ({ args, theirs: readings[index], ours: ourReading(args) }))
      .filter(({ theirs, ours }) => !isSame(theirs, ours));
    expect(different).toEqual([]);
  });

  it("was asked about lists of every kind", () => {
    expect(new Set(lists.map((args) => args.join("\0"))).size).toBeGreaterThan(2000);
    const of = (kind: (reading: Reading) => boolean) => readings.filter(kind).length;
    expect(of((reading) => "refused" in reading)).toBeGreaterThan(300);
    expect(of((reading) => "profile" in reading && reading.profile !== null)).toBeGreaterThan(300);
    expect(of((reading) => "unsigned" in reading && reading.unsigned)).toBeGreaterThan(50);
  });

  /** A version and a mistake in one list: for argparse the first counts; we pass both through. */
  function isSame(theirs: Reading | undefined, ours: Reading): boolean {
    const isMistaken = "refused" in ours && ours.refused === "malformed";
    if (isMistaken && theirs && "refused" in theirs && theirs.refused === "version") return true;
    return JSON.stringify(theirs) === JSON.stringify(ours);
  }

  type Reading =
    | { refused: "version" | "malformed" | "no command" }
    | { profile: string | null; unsigned: boolean; words: string[] };

  function readByArgparse(): {
    installed: Record<string, boolean>;
    readings: Reading[];
    lists: string[][];
  } {
    const lists = generatedLists(3000);
    const output = execFileSync(python, [join(import.meta.dirname, "read-by-argparse.py")], {
      input: JSON.stringify({ options, lists }),
      encoding: "utf8",
      env: { ...process.env, PYTHONIOENCODING: "utf-8" },
    });
    const { installed, readings } = JSON.parse(output);
    return { installed, readings: readings.map(comparable), lists };
  }

  /** Known differences are evened out here, and only here. */
  function comparable(reading: {
    refused?: string;
    profile: string | [] | null;
    unsigned: boolean;
    words: string[];
  }): Reading {
    const { refused, profile, unsigned, words } = reading;
    if (refused === "version") return { refused };
    // No command is no mistake for us: AWS CLI v2 may get one by --cli-auto-prompt.
    if (refused?.endsWith("required: command")) return { refused: "no command" };
    if (refused !== undefined) return { refused: "malformed" };
    // Python before 3.13 takes the -- out of --profile=-- and leaves an empty list.
    const name = Array.isArray(profile) ? "--" : profile;
    return { profile: name === "" ? null : name, unsigned, words: sorted(words) };
  }

  function ourReading(args: readonly string[]): Reading {
    const { profile = null, malformed, unsigned, version, words } = readAwsArgs(args);
    if (malformed) return { refused: "malformed" };
    if (version) return { refused: "version" };
    if (!hasCommand(args)) return { refused: "no command" };
    return { profile, unsigned, words: sorted(words) };
  }

  /**
   * argparse puts the command first and the rest in order, while we leave all in order; and of several
   * `--` it drops the first, or the one behind the command (Python 3.11, 3.13).
   */
  function sorted(words: readonly string[]): string[] {
    return words.filter((word) => word !== "--").toSorted();
  }

  /** For argparse no word that looks like an option can be the command, unless it follows a `--`. */
  function hasCommand(args: readonly string[]): boolean {
    const rest = args.includes("--") ? args.slice(args.indexOf("--") + 1) : [];
    const words = readAwsArgs(args.slice(0, args.length - rest.length)).words;
    const isOption = /^-(?!$|\d+$|\d*\.\d+$)[^ ]*$/;
    return rest.length > 0 || words.some((word) => word !== "--" && !isOption.test(word));
  }

  function generatedLists(count: number): string[][] {
    const random = seededRandom(20_250_601);
    const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!;
    const names = Object.keys(options);
    const values = "dev,,a b,-,-1,-.5,-x,-1x,--,x=y,--x y,ü,help".split(",");
    const plain = "s3,ls,cp,help,s3://b/k,--name,--recursive,-h,-,x y,--x=1".split(",");
    const prefix = (name: string) => name.slice(0, 3 + Math.floor(random() * name.length));
    const kinds: (() => string[])[] = [
      () => [pick(plain)],
      () => [pick(plain)],
      () => ["--profile", pick(values)],
      () => [`--profile=${pick(values)}`],
      () => [prefix("--profile"), pick(values)],
      () => [`${prefix("--profile")}=${pick(values)}`],
      () => [pick(names), pick(values)],
      () => [prefix(pick(names)), pick(values)],
      () => [`${prefix(pick(names))}=${pick(values)}`],
      () => ["--no-sign-request"],
      () => [pick(values)],
      () => (random() < 0.3 ? ["--"] : [pick(plain)]),
    ];
    return Array.from({ length: count }, () => {
      const parts = Array.from({ length: Math.floor(random() * 6) }, () => pick(kinds)());
      return random() < 0.7 ? ["s3", ...parts.flat()] : parts.flat();
    });
  }

  /** A small generator (mulberry32), so that every run sees the same lists. */
  function seededRandom(seed: number): () => number {
    let state = seed;
    return () => {
      state = (state + 0x6d2b79f5) | 0;
      let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
    };
  }
});
