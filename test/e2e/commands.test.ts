import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { startLab } from "../support/lab.ts";
import { runAwsmfa } from "../support/run.ts";

test.each([[["--help"]], [["-h"]], [["help"]], [[]]])("%j prints the help", async (args) => {
  await using lab = await startLab();
  const ended = await runAwsmfa(args, { env: lab.env });
  expect(ended).toMatchObject({ code: 0, stderr: "" });
  expect(ended.stdout).toMatchSnapshot("help");
});

/** Every command that the help lists, but `session`, whose arguments are not ours. */
const commands = [
  "exports",
  "unsets",
  "exec",
  "credential-process",
  "serve",
  "refresh",
  "watch",
  "migrate",
  "status",
  "clean",
  "completion",
  "demo",
  "version",
  "help",
];

test("the help lists every command", async () => {
  await using lab = await startLab();
  const { stdout } = await runAwsmfa(["help"], { env: lab.env });
  const list = /^Commands:\n((?: {2}.*\n)+)/m.exec(stdout)?.[1] ?? "";
  const names = [...list.matchAll(/^ {2}([a-z-]+)/gm)].map(([, name]) => name);
  expect(names).toEqual(["session", ...commands]);
});

test.each(commands)("the help of %s, asked for in two ways", async (name) => {
  await using lab = await startLab();
  const ended = await runAwsmfa(["help", name], { env: lab.env });
  expect(ended).toMatchObject({ code: 0, stderr: "" });
  expect(ended.stdout).toMatchSnapshot();
  expect(await runAwsmfa([name, "--help"], { env: lab.env })).toEqual(ended);
});

test("the help of session; session --help is for aws", async () => {
  await using lab = await startLab();
  lab.fakeAws('echo "$@"');
  const ended = await runAwsmfa(["help", "session"], { env: lab.env });
  expect(ended).toMatchObject({ code: 0, stderr: "" });
  expect(ended.stdout).toMatchSnapshot();
  const passed = await runAwsmfa(["session", "--help"], { env: lab.env });
  expect(passed.stdout).toBe("--help\n");
});

test("no line of any help is wider than 80 columns", async () => {
  await using lab = await startLab();
  for (const name of ["help", "session", ...commands]) {
    const { stdout } = await runAwsmfa(["help", ...(name === "help" ? [] : [name])], {
      env: lab.env,
    });
    const wide = stdout.split("\n").filter((line) => line.length > 80);
    expect([name, wide]).toEqual([name, []]);
  }
});

test.each([["--version"], ["-v"], ["version"]])("%s", async (arg) => {
  await using lab = await startLab();
  const manifest = readFileSync(join(import.meta.dirname, "../../package.json"), "utf8");
  const { version } = JSON.parse(manifest) as { version: string };
  const ended = await runAwsmfa([arg], { env: lab.env });
  expect(ended).toMatchObject({ code: 0, stdout: `${version}\n`, stderr: "" });
});

test.each([
  [
    ["sesion"],
    "awsmfa: unknown command 'sesion'\n  (Did you mean session?)\n  A command of aws? awsmfa session s3 ls. The others: awsmfa --help.\n",
  ],
  [
    ["help", "exprots"],
    "awsmfa: unknown command 'exprots'\n  (Did you mean exports?)\n  A command of aws? awsmfa session s3 ls. The others: awsmfa --help.\n",
  ],
  [
    ["s3", "ls"],
    "awsmfa: unknown command 's3'\n  A command of aws? awsmfa session s3 ls. The others: awsmfa --help.\n",
  ],
  [["clean", "--al"], "awsmfa: unknown option '--al'\n"],
  [["exec", "--profil", "x"], "awsmfa: unknown option '--profil'\n  (Did you mean --profile?)\n"],
  [["version", "1"], "awsmfa: too many arguments for 'version'. Expected 0 arguments but got 1.\n"],
  [["demo", "--fast"], "awsmfa: unknown option '--fast'\n"],
  [["--versoin"], "awsmfa: unknown option '--versoin'\n  (Did you mean --version?)\n"],
  [["demo", "extra"], "awsmfa: too many arguments for 'demo'. Expected 0 arguments but got 1.\n"],
  [
    ["watch", "--write"],
    "awsmfa: --write puts a service in its place, and none is asked for.\n  Say which: --install systemd, or --install launchd.\n",
  ],
])("%j: 252, and what was meant", async (args, stderr) => {
  await using lab = await startLab();
  expect(await runAwsmfa(args, { env: lab.env })).toEqual({
    code: 252,
    signal: null,
    stdout: "",
    stderr,
  });
});
