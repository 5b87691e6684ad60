import { expect, test } from "vitest";
import type { ShellName } from "../../src/shell/shell.ts";
import { findShell } from "../../src/shell/shells.ts";
import { makeRoom, printVariables } from "./room.ts";

const names = ["AWS_ACCESS_KEY_ID", "AWS_SESSION_TOKEN", "V1"];

const bash = ["bash", "--norc", "-eu", "-o", "pipefail", "-c"];
const posix = ["bash", "--norc", "--posix", "-eu", "-c"];
const zsh = ["zsh", "-f", "-eu", "-c"];
const dash = ["dash", "-eu", "-c"];
const fish = ["fish", "--no-config", "-c"];
const tcsh = ["tcsh", "-e", "-f", "-c"];

/** The ways of evaluating a file, and a way to end with its status. */
const ways: [name: ShellName, argv: string[], evaluate: (file: string) => string, end: string][] = [
  ["bash", bash, (file) => `eval "$(cat ${file})"`, ""],
  ["bash", bash, (file) => `eval $(cat ${file})`, ""],
  ["bash", bash, (file) => `. ./${file}`, ""],
  ["bash", posix, (file) => `eval "$(cat ${file})"`, ""],
  ["bash", posix, (file) => `eval $(cat ${file})`, ""],
  ["zsh", zsh, (file) => `eval "$(cat ${file})"`, ""],
  ["zsh", zsh, (file) => `eval $(cat ${file})`, ""],
  ["zsh", zsh, (file) => `. ./${file}`, ""],
  ["sh", dash, (file) => `eval "$(cat ${file})"`, ""],
  ["sh", dash, (file) => `eval $(cat ${file})`, ""],
  ["sh", dash, (file) => `. ./${file}`, ""],
  // It knows no strict mode.
  ["fish", fish, (file) => `eval "$(cat ${file})"`, "; or exit"],
  ["fish", fish, (file) => `eval (cat ${file})`, "; or exit"],
  ["fish", fish, (file) => `cat ${file} | source`, "; or exit"],
  ["tcsh", tcsh, (file) => `eval "\`cat ${file}\`"`, ""],
  ["tcsh", tcsh, (file) => `eval \`cat ${file}\``, ""],
  ["tcsh", tcsh, (file) => `source ${file}`, ""],
];

const titled = ways.map(([name, argv, evaluate, end]) => {
  const title = `${name}: ${argv.join(" ")} ${evaluate("file")}`;
  return [title, findShell(name)!, argv, evaluate, end] as const;
});

test.each(titled)("%s: what was set can be unset", async (_title, shell, argv, evaluate, end) => {
  using room = makeRoom();
  const set = names.map((name) => shell.set(name, "a'b!"));
  const unset = names.map((name) => shell.unset(name));
  room.write("set", set);
  room.write("unset", unset);
  const inherited = { V1: "inherited" };
  const steps = `${evaluate("set")}${end}; ${printVariables}`;
  expect((await room.run([...argv, steps], inherited)).code).toBe(0);
  expect(room.takeVariables()).toMatchObject(
    Object.fromEntries(names.map((name) => [name, "a'b!"])),
  );
  const more = `${evaluate("set")}${end}; ${evaluate("unset")}${end}; ${printVariables}`;
  const ended = await room.run([...argv, more], inherited);
  expect(ended).toEqual({ code: 0, signal: null, stdout: "", stderr: "" });
  const variables = room.takeVariables();
  expect(names.filter((name) => name in variables)).toEqual([]);
});

test.each(titled)("%s: unsetting nothing is no failure", async (_title, shell, argv, ...more) => {
  const [evaluate, end] = more;
  using room = makeRoom();
  room.write("unset", [shell.unset("V1")]);
  const ended = await room.run([...argv, `${evaluate("unset")}${end}; ${printVariables}`]);
  expect(ended).toEqual({ code: 0, signal: null, stdout: "", stderr: "" });
  expect(room.takeVariables()).not.toHaveProperty("V1");
});

test.each(titled)("%s: a failure is one", async (_title, shell, argv, evaluate, end) => {
  using room = makeRoom();
  room.write("fail", [shell.fail(253)]);
  const ended = await room.run([...argv, `${evaluate("fail")}${end}; echo went on`]);
  expect(ended).toEqual({ code: 253, signal: null, stdout: "", stderr: "" });
});

test.each<[name: ShellName, argv: string[], script: string]>([
  ["bash", ["bash", "--norc", "-c"], 'eval "$(cat fail)"; echo $?'],
  ["bash", ["bash", "--norc", "-c"], "eval $(cat fail); echo $?"],
  ["zsh", ["zsh", "-f", "-c"], 'eval "$(cat fail)"; echo $?'],
  ["zsh", ["zsh", "-f", "-c"], "eval $(cat fail); echo $?"],
  ["sh", ["dash", "-c"], 'eval "$(cat fail)"; echo $?'],
  ["sh", ["dash", "-c"], "eval $(cat fail); echo $?"],
  ["fish", fish, 'eval "$(cat fail)"; echo $status'],
  ["fish", fish, "eval (cat fail); echo $status"],
  ["fish", fish, "function f; cat fail | source; echo $status; end; f"],
  ["tcsh", ["tcsh", "-f", "-c"], 'eval "`cat fail`"; echo $status'],
  ["tcsh", ["tcsh", "-f", "-c"], "eval `cat fail`; echo $status"],
])("%s: a failure does not end the shell: %j %s", async (name, argv, script) => {
  using room = makeRoom();
  room.write("fail", [findShell(name)!.fail(253)]);
  const ended = await room.run([...argv, script]);
  expect(ended).toEqual({ code: 0, signal: null, stdout: "253\n", stderr: "" });
});

test("fish: a universal variable of the same name is the user's own", async () => {
  using room = makeRoom();
  room.write("set", [findShell("fish")!.set("V1", "ours")]);
  room.write("unset", [findShell("fish")!.unset("V1")]);
  const script = "set -U V1 theirs; source set; echo $V1; source unset; source unset; echo $V1";
  const ended = await room.run(["fish", "-c", script]);
  expect(ended).toEqual({ code: 0, signal: null, stdout: "ours\ntheirs\n", stderr: "" });
});
