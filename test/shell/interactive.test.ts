import { expect, test } from "vitest";
import type { ShellName } from "../../src/shell/shell.ts";
import { findShell } from "../../src/shell/shells.ts";
import { onTerminal } from "../support/on-terminal.ts";
import { hostileValues } from "./hostile-values.ts";
import { makeRoom, printVariables } from "./room.ts";

/** Interactive shells put old commands in the place of `!` and of a `^` at the start. */
const exclaiming = hostileValues.filter(
  (value) => /^[ -~]*$/.test(value) && /[!^]/.test(value) && value.length < 200,
);

/** Those which an unquoted substitution neither splits nor takes for a pattern. */
const words = exclaiming.filter((value) => !/[\s*?[\](){}~]/.test(value));

const bash = ["bash", "--norc", "-i"];
const zsh = ["zsh", "-f", "-i"];
const fish = ["fish", "--no-config", "-i"];
const tcsh = ["tcsh", "-f", "-i"];

test.each<[name: ShellName, argv: string[], how: string]>([
  ["bash", bash, 'eval "$(cat set)"'],
  ["bash", bash, "eval $(cat words)"],
  ["bash", bash, "pasted"],
  ["zsh", zsh, 'eval "$(cat set)"'],
  ["zsh", zsh, "eval $(cat words)"],
  ["zsh", zsh, "pasted"],
  ["fish", fish, "eval (cat set)"],
  ["fish", fish, "pasted"],
  ["tcsh", tcsh, 'eval "`cat set`"'],
  ["tcsh", tcsh, "eval `cat words`"],
  ["tcsh", tcsh, "source set"],
  ["tcsh", tcsh, "pasted"],
])("%s on a terminal, %j: %s", async (name, argv, how) => {
  using room = makeRoom();
  const shell = findShell(name)!;
  const values = how.includes("words") ? words : exclaiming;
  expect(values.length).toBeGreaterThanOrEqual(20);
  const statements = values.map((value, index) => shell.set(`V${index}`, value));
  room.write(how.includes("words") ? "words" : "set", statements);
  const [file = "", ...args] = argv;
  const terminal = onTerminal("/usr/bin/env", ["-C", room.folder, file, ...args], room.env);
  // Quotes in it: what is shown without them is the output, not the echo of what was typed.
  terminal.type("echo rea'dy'\n");
  await terminal.until("ready");
  for (const line of how === "pasted" ? statements : [how]) terminal.type(`${line}\n`);
  terminal.type(`${printVariables}; echo do'ne'; exit\n`);
  await terminal.until("done");
  await terminal.ended;
  const variables = room.takeVariables();
  expect(values.map((_value, index) => variables[`V${index}`])).toEqual(values);
  expect(room.appeared()).toEqual([]);
});
