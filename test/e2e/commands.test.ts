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

test("--version", async () => {
  await using lab = await startLab();
  const manifest = readFileSync(join(import.meta.dirname, "../../package.json"), "utf8");
  const { version } = JSON.parse(manifest) as { version: string };
  const ended = await runAwsmfa(["--version"], { env: lab.env });
  expect(ended).toMatchObject({ code: 0, stdout: `${version}\n`, stderr: "" });
});

test.each([
  [
    ["sesion"],
    "awsmfa: unknown command 'sesion'\n  (Did you mean session?)\n  A command of aws? awsmfa session s3 ls. The others: awsmfa --help.\n",
  ],
  [["demo", "--fast"], "awsmfa: unknown option '--fast'\n"],
  [["--versoin"], "awsmfa: unknown option '--versoin'\n  (Did you mean --version?)\n"],
  [["demo", "extra"], "awsmfa: too many arguments for 'demo'. Expected 0 arguments but got 1.\n"],
])("%j: 252 with the nearest name", async (args, stderr) => {
  await using lab = await startLab();
  expect(await runAwsmfa(args, { env: lab.env })).toEqual({
    code: 252,
    signal: null,
    stdout: "",
    stderr,
  });
});
