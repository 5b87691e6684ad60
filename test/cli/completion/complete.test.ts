import { Command } from "commander";
import { expect, test } from "vitest";
import { completionOf, type Names } from "../../../src/cli/completion/candidates.ts";
import { addClean } from "../../../src/cli/clean.ts";
import { addComplete } from "../../../src/cli/completion/complete.ts";
import { addCompletion } from "../../../src/cli/completion/completion.ts";
import { addExec } from "../../../src/cli/exec.ts";
import { addExports } from "../../../src/cli/exports/exports.ts";
import { addHelp } from "../../../src/cli/help.ts";
import { addUnsets } from "../../../src/cli/unsets.ts";
import type { Context } from "../../../src/core/context.ts";

const context = { env: {} } as Context;

function program(): Command {
  const program = new Command("awsmfa")
    .version("1.2.3", "-v, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .enablePositionalOptions();
  addExports(program, context);
  addUnsets(program, context);
  addExec(program, context);
  addClean(program, context);
  addCompletion(program);
  addComplete(program, context);
  addHelp(program);
  return program;
}

const names: Names = {
  profiles: () => ["dev", "my profile", "a=b"],
  longTermProfiles: () => ["dev", "old"],
  storedProfiles: () => ["dev", "old"],
};

const commands = ["exports", "unsets", "exec", "clean", "completion", "help"];
const shells = ["bash", "zsh", "sh", "fish", "powershell", "cmd", "tcsh"];
const profiles = names.profiles();
const help = ["--help", "-h"];
const ofExports = ["--profile", "--shell", "--format", "--no-mfa", "--token", ...help];

/** Candidates, or the index of the word at which a command line of its own begins. */
test.each<[words: string[], expected: readonly string[] | number]>([
  [[], commands],
  [[""], commands],
  // Which of them fit the letters is for the shell to say: it may know `EX`, or a letter in the middle.
  [["ex"], commands],
  [["zzz"], commands],
  [["--"], ["--version", "-v", ...help]],
  [["-"], ["--version", "-v", ...help]],
  [
    ["--help", "-"],
    ["--version", "-v"],
  ],
  [["-v", ""], commands],
  [["no-such", ""], []],
  [
    ["no-such", "-"],
    ["--version", "-v", ...help],
  ],

  [["exports", ""], []],
  [["exports", "-"], ofExports],
  [["exports", "--shell", "fish", "--"], ofExports.filter((flag) => flag !== "--shell")],
  [["exports", "--shell=fish", "--"], ofExports.filter((flag) => flag !== "--shell")],
  [["exports", "-h", "--"], ofExports.filter((flag) => !help.includes(flag))],
  [["exports", "--no-such", "--"], ofExports],
  [["exports", "--shell", ""], shells],
  [["exports", "--shell", "-"], shells],
  [["exports", "--shell="], shells.map((name) => `--shell=${name}`)],
  [["exports", "--shell=f"], shells.map((name) => `--shell=${name}`)],
  [
    ["exports", "--format", ""],
    ["json", "env", "process"],
  ],
  [["exports", "--profile", ""], profiles],
  [["exports", "--profile", "--"], profiles],
  [["exports", "--profile", "--", "--shell", ""], shells],
  [["exports", "--profile="], profiles.map((name) => `--profile=${name}`)],
  [["exports", "--profile=a="], profiles.map((name) => `--profile=${name}`)],
  [["exports", "--profile", "clean", ""], []],
  [["exports", "--token", ""], []],
  [["exports", "--token="], []],
  [["exports", "--no-mfa="], []],
  [["exports", "--no-such="], []],
  [["exports", "--", "-"], []],
  [["exports", "--", "--profile="], []],

  [
    ["unset", "-"],
    ["--shell", ...help],
  ],
  [["unsets", "--shell", "x"], shells],

  [
    ["clean", ""],
    ["dev", "old"],
  ],
  [["clean", "dev", ""], ["old"]],
  [["clean", "-"], help],
  [
    ["clean", "--", "-"],
    ["dev", "old"],
  ],
  [
    ["completion", ""],
    ["bash", "zsh", "fish", "powershell"],
  ],
  [["completion", "bash", ""], []],
  [["help", ""], commands],
  [["help", "exec", ""], []],
  [["complete", ""], []],

  [["exec", ""], 1],
  [["exec", "gi"], 1],
  [
    ["exec", "-"],
    ["--profile", "--token", ...help],
  ],
  [
    ["exec", "--"],
    ["--profile", "--token", ...help],
  ],
  [["exec", "--", ""], 2],
  [["exec", "--", "-"], 2],
  [["exec", "--profile", ""], profiles],
  [["exec", "--profile", "dev", ""], 3],
  [["exec", "--profile", "dev", "--", "gi"], 4],
  [["exec", "--profile=dev", "git", "-"], 2],
  [["exec", "--profile", "exec", "git", ""], 3],
  [["exec", "git", "--profile", ""], 1],
  [["exec", "git", "--profile="], 1],
  [["exec", "git", "--", ""], 1],
  [["exec", "--", "git", "--", "exports", ""], 2],
])("%j", (words, expected) => {
  const completion = completionOf(program(), words, names);
  const found =
    completion.kind === "command-line"
      ? completion.from
      : completion.candidates.map(({ value }) => value);
  expect(found).toEqual(expected);
});

test("descriptions are those of the help", () => {
  const describe = (...words: string[]): string[] => {
    const completion = completionOf(program(), words, names);
    if (completion.kind === "command-line") return [];
    return completion.candidates.map(({ description }) => description);
  };
  expect(describe("")).toEqual([
    "print a session for the shell to eval",
    "print the removal of what exports sets",
    "run any command with an MFA session in its environment",
    "forget stored sessions",
    "print the completion script of a shell",
    "print this help, or that of a command",
  ]);
  expect(describe("-")).toEqual([
    "print the version",
    "print the version",
    ...Array(2).fill("print this help"),
  ]);
  expect(new Set(describe("exports", "--profile", ""))).toEqual(new Set([""]));
});

test("hidden options are known, but not offered", () => {
  const hidden = program();
  hidden.commands.find((command) => command.name() === "unsets")?.options[0]?.hideHelp();
  expect(completionOf(hidden, ["unsets", "--shell", ""], names)).toMatchObject({
    candidates: shells.map((value) => ({ value })),
  });
  expect(completionOf(hidden, ["unsets", "--"], names)).toMatchObject({
    candidates: [{ value: "--help" }, { value: "-h" }],
  });
});
