import { expect, test } from "vitest";
import type { ShellName } from "../../src/shell/shell.ts";
import { findShell } from "../../src/shell/shells.ts";
import { hostileValues } from "./hostile-values.ts";
import { makeRoom, printVariables } from "./room.ts";

/** Which values a way of reading can carry at all. */
const carried = {
  all: () => true,
  "one line": (value: string) => !value.includes("\n"),
  // What an unquoted substitution neither splits nor takes for a pattern.
  "one word": (value: string) => /^[!-~]*$/.test(value) && !/[*?[\](){}~]/.test(value),
  // The same where `#`, `^`, `<` and `|` are patterns too.
  "one plain word": (value: string) => /^[\w!"$%&'+,./:;=@`\\-]*$/.test(value),
};

const sourced = ". ./set";
const evaluated = 'eval "$(cat set)"';
const unquoted = "eval $(cat set)";

// Without --norc, bash reads its start file where its input is a socket, as here.
const bash = ["bash", "--norc"];
const bashPatterns = [...bash, "-O", "extglob", "-O", "failglob", "-O", "nullglob"];
const zsh = ["zsh", "-f"];
const zshOptions =
  "rc_quotes ksh_arrays ksh_glob sh_word_split glob_subst extended_glob null_glob brace_ccl magic_equal_subst interactive_comments posix_builtins"
    .split(" ")
    .flatMap((option) => ["-o", option]);
const fish = ["fish", "--no-config"];
const tcsh = ["tcsh", "-f"];

test.each<
  [name: ShellName, shell: string[], how: string, values: keyof typeof carried, LANG?: string]
>([
  ["bash", bash, sourced, "all"],
  ["bash", bash, evaluated, "all"],
  ["bash", bash, ". <(cat set)", "all"],
  ["bash", bash, evaluated, "all", "C"],
  ["bash", [...bash, "-eu", "-o", "pipefail"], sourced, "all"],
  ["bash", [...bash, "-eu", "-o", "pipefail"], evaluated, "all"],
  ["bash", [...bash, "--posix"], sourced, "all"],
  ["bash", [...bash, "--posix"], evaluated, "all"],
  ["bash", bashPatterns, evaluated, "all"],
  ["bash", bash, unquoted, "one word"],
  ["bash", [...bash, "-eu"], unquoted, "one word"],
  ["bash", bashPatterns, unquoted, "one word"],

  ["zsh", zsh, sourced, "all"],
  ["zsh", zsh, evaluated, "all"],
  ["zsh", zsh, ". <(cat set)", "all"],
  ["zsh", zsh, evaluated, "all", "C"],
  ["zsh", [...zsh, "-eu"], sourced, "all"],
  ["zsh", [...zsh, "-eu"], evaluated, "all"],
  ["zsh", [...zsh, ...zshOptions], sourced, "all"],
  ["zsh", [...zsh, ...zshOptions], evaluated, "all"],
  ["zsh", ["zsh", "--emulate", "sh", "-f"], evaluated, "all"],
  ["zsh", ["zsh", "--emulate", "ksh", "-f"], evaluated, "all"],
  // csh_junkie_quotes is among its options: no line end inside quotes.
  ["zsh", ["zsh", "--emulate", "csh", "-f"], evaluated, "one line"],
  ["zsh", zsh, unquoted, "one word"],
  ["zsh", [...zsh, "-eu"], unquoted, "one word"],
  ["zsh", [...zsh, ...zshOptions], unquoted, "one plain word"],

  ["sh", ["dash"], sourced, "all"],
  ["sh", ["dash"], evaluated, "all"],
  ["sh", ["dash"], evaluated, "all", "C"],
  ["sh", ["dash", "-eu"], sourced, "all"],
  ["sh", ["dash", "-eu"], evaluated, "all"],
  ["sh", ["dash"], unquoted, "one word"],
  ["sh", ["dash", "-eu"], unquoted, "one word"],

  ["fish", fish, "source set", "all"],
  ["fish", fish, "cat set | source", "all"],
  ["fish", fish, evaluated, "all"],
  ["fish", fish, "eval (cat set | string collect)", "all"],
  ["fish", fish, evaluated, "all", "C"],
  ["fish", ["fish"], evaluated, "all"],
  // It splits at line ends alone.
  ["fish", fish, "eval (cat set)", "one line"],

  ["tcsh", tcsh, "source set", "all"],
  ["tcsh", tcsh, "source set", "all", "C"],
  ["tcsh", ["tcsh", "-e", "-f"], "source set", "all"],
  ["tcsh", tcsh, "set backslash_quote; source set", "all"],
  ["tcsh", tcsh, "set histchars = ''; source set", "all"],
  // Its backquotes make a word of each line, and a space of what was between them, even inside quotes.
  ["tcsh", tcsh, 'eval "`cat set`"', "one line"],
  ["tcsh", ["tcsh", "-e", "-f"], 'eval "`cat set`"', "one line"],
  ["tcsh", tcsh, 'set backslash_quote; eval "`cat set`"', "one line"],
  ["tcsh", tcsh, "eval `cat set`", "one word"],
  ["tcsh", ["tcsh", "-e", "-f"], "eval `cat set`", "one word"],
])("%s: %j, %s: %s", async (name, argv, how, which, LANG = "C.UTF-8") => {
  using room = makeRoom();
  const shell = findShell(name)!;
  const values = hostileValues.filter(carried[which]);
  expect(values.length).toBeGreaterThanOrEqual(100);
  room.write(
    "set",
    values.map((value, index) => shell.set(`V${index}`, value)),
  );
  const ended = await room.run([...argv, "-c", `${how}; ${printVariables}`], { LANG });
  expect(ended).toEqual({ code: 0, signal: null, stdout: "", stderr: "" });
  const variables = room.takeVariables();
  expect(values.map((_value, index) => variables[`V${index}`])).toEqual(values);
  expect(room.appeared()).toEqual([]);
});
