import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { awsmfa } from "../support/commands.ts";
import { makeRoom, type Room } from "./room.ts";

const source = (extension: string): string =>
  join(import.meta.dirname, `../../src/shell/templates/completion.${extension}`);

let room: Room;
beforeAll(() => {
  room = makeRoom();
});
afterAll(() => room[Symbol.dispose]());

test.each([
  ["bash", "bash"],
  ["zsh", "zsh"],
  ["fish", "fish"],
  ["powershell", "ps1"],
])("completion %s prints the file as it is", async (shell, extension) => {
  const { stdout } = await room.run([process.execPath, awsmfa, "completion", shell]);
  expect(stdout).toBe(readFileSync(source(extension), "utf8"));
});

const silently = { code: 0, signal: null, stderr: "" };

test.each<[name: string, argv: string[]]>([
  ["bash, in the eyes of shellcheck", ["shellcheck", source("bash")]],
  ["bash", ["bash", "-n", source("bash")]],
  ["zsh", ["zsh", "-n", source("zsh")]],
  ["fish", ["fish", "--no-config", "-n", source("fish")]],
])("no fault in the script: %s", async (_name, argv) => {
  expect(await room.run(argv)).toEqual({ ...silently, stdout: "" });
});

const [bash, zsh, fish] = [source("bash"), source("zsh"), source("fish")];
const compinit = "autoload -Uz compinit; compinit -u -D";

test.each<[name: string, argv: string[], stdout: string]>([
  [
    "bash",
    ["bash", "--norc", "-eu", "-o", "pipefail", "-c", `. ${bash}; . ${bash}; complete -p awsmfa`],
    "complete -F _awsmfa awsmfa\n",
  ],
  [
    "bash as a POSIX shell",
    ["bash", "--norc", "--posix", "-eu", "-c", `. ${bash}; . ${bash}; complete -p awsmfa`],
    "complete -F _awsmfa awsmfa\n",
  ],
  [
    "zsh",
    ["zsh", "-feu", "-c", `${compinit}; . ${zsh}; . ${zsh}; print $_comps[awsmfa]`],
    "_awsmfa\n",
  ],
  ["zsh before compinit", ["zsh", "-feu", "-c", `. ${zsh}; print sourced`], "sourced\n"],
  [
    "fish",
    ["fish", "--no-config", "-c", `source ${fish}; source ${fish}; complete -c awsmfa`],
    "complete --no-files awsmfa -a '(__awsmfa_complete)'\n",
  ],
])("sourced twice in strict mode, it is silent: %s", async (_name, argv, stdout) => {
  expect(await room.run(argv)).toEqual({ ...silently, stdout });
});

test("what bash had been told for aws stays", async () => {
  const script = `complete -F _mine aws; . ${bash}; complete -p aws`;
  const { stdout } = await room.run(["bash", "--norc", "-c", script]);
  expect(stdout).toBe("complete -F _mine aws\n");
});

test.each([
  ["mapfile", /\b(mapfile|readarray)\b/],
  ["associative arrays", /\b(declare|local|typeset) -\w*A/],
  ["name references", /\b(declare|local|typeset) -\w*n/],
  ["changes of case", /\$\{\w+(\[[^\]]*\])?[,^]/],
  ["&>> and |&", /&>>|\|&/],
  ["negative indices", /\[-\d+\]|: -\d/],
  ["process substitution, which a POSIX shell lacks", /<\(/],
])("bash 3.2 has no %s: the script has none", (_name, pattern) => {
  expect(readFileSync(bash, "utf8")).not.toMatch(pattern);
});

// PowerShell is not on this machine.
test("powershell (not run): brackets are closed, quotes are ASCII", () => {
  const script = readFileSync(source("ps1"), "utf8");
  expect(script).toMatch(/^[\n -~]*$/);
  const bare = script.replace(/'[^'\n]*'|"[^"\n]*"|#.*/g, "");
  for (const [open, close] of [
    ["(", ")"],
    ["[", "]"],
    ["{", "}"],
  ] as const) {
    expect(bare.split(open).length, `${open}${close}`).toBe(bare.split(close).length);
  }
  expect(script).toContain("Register-ArgumentCompleter -Native -CommandName awsmfa");
});
