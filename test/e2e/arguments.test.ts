import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { startLab } from "../support/lab.ts";
import { runAwsmfa } from "../support/run.ts";

/** Argument lists that a wrapper could spoil; all of them must arrive byte for byte. */
const hostile: string[][] = [
  [],
  ["--"],
  ["--", "--"],
  [""],
  ["", ""],
  ["s3", "ls", ""],
  ["s3", "ls", " "],
  ["s3", "ls", "a b", "c  d"],
  ["s3", "ls", "\n"],
  ["s3", "ls", "line one\nline two\n"],
  ["s3", "ls", "\r\n", "\t"],
  ["s3", "ls", "'"],
  ["s3", "ls", '"', "''", '""'],
  ["s3", "ls", "`id`", "$(id)", "$HOME", "${HOME}"],
  ["s3", "ls", "*", "?", "[a-z]", "~", "~root"],
  ["s3", "ls", "\\", "\\\\", "\\n", "a\\"],
  ["s3", "ls", "!", "!!", "#", "# no comment"],
  ["s3", "ls", ";", "&", "|", ">", "<", "&&"],
  ["s3", "ls", "%", "%PATH%", "%20"],
  ["s3", "ls", "ünïcödé", "日本", "🔑", "\u202e"],
  ["s3", "ls", "\u0001\u001b[31m"],
  ["-h"],
  ["s3", "ls", "-h"],
  ["help"],
  ["s3", "help"],
  ["s3", "ls", "help"],
  ["s3", "cp", "help", "s3://b/k"],
  ["ssm", "put-parameter", "--name", "help", "--value", "help"],
  ["dynamodb", "scan", "--table-name", "help"],
  ["--help"],
  ["s3", "ls", "--help"],
  ["--version"],
  ["-V"],
  ["-D", "-?"],
  ["s3", "cp", "--", "-a", "s3://b"],
  ["s3", "ls", "--", "--profile", "other"],
  ["session", "session"],
  ["demo"],
  ["completion"],
  ["s3", "ls", "--query", "[].{a: b}", "--output", "text"],
  ["s3", "ls", "--profil", "--x"],
  ["s3", "ls", "-"],
  ["s3", "ls", "-1", "-.5", "--1"],
  ["s3", "ls", "=", "a=b", "--a=b=c", "--=x"],
  ["s3", "ls", "@file", "file://x", "fileb://y"],
  ["s3", "ls", "x".repeat(100_000)],
  Array.from({ length: 2000 }, (_unused, index) => `arg ${index}`),
];

const printArguments = `printf '%s\\0' "$@" > "$HOME/got"; [ $# -gt 0 ] || : > "$HOME/got"`;

describe.each(["cold", "warm", "pass-through"])("%s", (way) => {
  test.each(hostile.map((args) => [JSON.stringify(args).slice(0, 60), args] as const))(
    "%s",
    async (_name, args) => {
      await using lab = await startLab();
      const env = lab.fakeAws(printArguments);
      if (way === "warm") await lab.signIn();
      const token = { AWS_MFA_TOKEN: lab.sandbox.freshCode("alice") };
      const more = way === "pass-through" ? { AWS_PROFILE: "none" } : way === "cold" ? token : {};
      const ended = await runAwsmfa(["session", ...args], { env: { ...env, ...more } });
      expect(ended).toEqual({ code: 0, signal: null, stdout: "", stderr: "" });
      const got = readFileSync(`${lab.home}/got`, "utf8");
      expect(got === "" ? [] : got.slice(0, -1).split("\0")).toEqual(args);
    },
  );
});

/** What a session takes out, and nothing beside it. */
const taken: [given: string[], arrives: string[]][] = [
  [
    ["s3", "ls", "--profile", "dev"],
    ["s3", "ls"],
  ],
  [
    ["--profile", "dev", "s3", "ls"],
    ["s3", "ls"],
  ],
  [
    ["s3", "--profile=dev", "ls"],
    ["s3", "ls"],
  ],
  [
    ["s3", "ls", "--p", "dev", "x"],
    ["s3", "ls", "x"],
  ],
  [
    ["s3", "ls", "--profile", "other", "--prof=dev"],
    ["s3", "ls"],
  ],
  [
    ["s3", "ls", "--profile", "", "x"],
    ["s3", "ls", "x"],
  ],
  [
    ["s3", "ls", "--profile=dev", "--", "--profile", "x"],
    ["s3", "ls", "--", "--profile", "x"],
  ],
  [
    ["s3", "ls", "--region", "--profile", "dev"],
    ["s3", "ls", "--region", "--profile", "dev"],
  ],
  [
    ["s3", "ls", "--query", "x", "--profile", "dev"],
    ["s3", "ls", "--query", "x"],
  ],
  [
    ["s3", "ls", "--profile-name", "dev"],
    ["s3", "ls", "--profile-name", "dev"],
  ],
];

test.each(taken)("an explicit profile is taken out: %j", async (given, arrives) => {
  await using lab = await startLab();
  const env = lab.fakeAws(printArguments);
  await lab.signIn();
  const ended = await runAwsmfa(["session", ...given], { env });
  expect(ended).toMatchObject({ code: 0, stderr: "" });
  expect(readFileSync(`${lab.home}/got`, "utf8").slice(0, -1).split("\0")).toEqual(arrives);
});
