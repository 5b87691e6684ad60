import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadSharedConfigFiles } from "@smithy/shared-ini-file-loader";
import { afterAll, describe, expect, test } from "vitest";
import { parseIni } from "../../../src/core/aws-files/ini.ts";
import { splitShellWords } from "../../../src/core/aws-files/section-name.ts";
import { processCommand } from "../../../src/core/process-profile/process-command.ts";
import { python } from "../../support/commands.ts";
import { run } from "../../support/run.ts";

const home = mkdtempSync(join(tmpdir(), "awsmfa test's-"));
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** Prints its arguments; its path needs quotes. */
const script = join(home, "print $words #1.cjs");
writeFileSync(script, "console.log(JSON.stringify(process.argv.slice(2)))");

const usual = (profile: string): string[] => ["credential-process", "--profile", profile];
const joined = (profile: string): string[] => ["credential-process", `--profile=${profile}`];

const cases: readonly [profile: string, words: string[]][] = [
  ["dev", usual("dev")],
  ["it's", usual("it's")],
  ["a b", usual("a b")],
  ["$x", usual("$x")],
  ["ünï 名 😀", usual("ünï 名 😀")],
  ["-p", joined("-p")],
  ["--profile", joined("--profile")],
  ["-it's $x", joined("-it's $x")],
  ['a"b', usual('a"b')],
  ["a\\b\\", usual("a\\b\\")],
  ["''", usual("''")],
  ["`id`", usual("`id`")],
  ["$(id)", usual("$(id)")],
  ["a #b ;c", usual("a #b ;c")],
  ["it's #1", usual("it's #1")],
  ["#a", usual("#a")],
  ["~", usual("~")],
  ["*", usual("*")],
  ["a;b&c|d>e", usual("a;b&c|d>e")],
  ["!x", usual("!x")],
  ["a=b", usual("a=b")],
  [" ", usual(" ")],
  ["%x", usual("%x")],
];

const shlex = "import json, shlex, sys; print(json.dumps(shlex.split(sys.argv[1])[2:]))";

test("is plain where nothing needs a quote", () => {
  expect(processCommand(["/usr/bin/node", "/usr/bin/awsmfa"], "dev")).toBe(
    "/usr/bin/node /usr/bin/awsmfa credential-process --profile dev",
  );
});

describe.each(cases)("of profile %j", (profile, words) => {
  const command = processCommand([process.execPath, script], profile);
  const env = { PATH: "/usr/bin:/bin", LANG: "C.UTF-8", PYTHONUTF8: "1", HOME: "/", x: "no" };

  test.each(["sh", "bash"])("%s runs it with the same words", async (shell) => {
    expect(JSON.parse((await run(shell, ["-c", command], { env })).stdout)).toEqual(words);
  });

  test("Python's shlex splits it into them", async () => {
    const { stdout } = await run(python, ["-c", shlex, command], { env });
    expect(JSON.parse(stdout)).toEqual(words);
    expect(splitShellWords(command)?.slice(2)).toEqual(words);
  });

  test("it is whole to whoever reads the file", async () => {
    const text = `[profile x]\ncredential_process = ${command}\n`;
    const path = join(home, "config");
    writeFileSync(path, text);
    const { entries } = parseIni(text).sections.get("profile x")!;
    expect(entries.get("credential_process")?.value).toBe(command);
    const options = { configFilepath: path, filepath: "/nowhere", ignoreCache: true };
    const { configFile } = await loadSharedConfigFiles(options);
    expect(configFile["x"]).toEqual({ credential_process: command });
  });
});

test.each(["a\nb", "a\rb", "a\0b", "a\u001bb", "a\ud83d"])("%j is refused", (odd) => {
  expect(() => processCommand(["node", odd], "dev")).toThrow("control character");
  expect(() => processCommand(["node", "awsmfa"], odd)).toThrow("control character");
});
