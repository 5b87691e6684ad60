import { chmodSync, copyFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ShellName } from "../../src/shell/shell.ts";
import { findExecutable } from "../../src/system/find-executable.ts";
import { bundle, type Program } from "../fixtures/bundle.ts";
import { makeRoom, type Room } from "./room.ts";

let program: Program;
beforeAll(async () => {
  program = await bundle("calling-shell-worker");
});
afterAll(() => program.remove());

/** The environment in which `node $PROGRAM` says by whom it was called. */
function environment(room: Room): Record<string, string> {
  const PATH = `${room.folder}:${dirname(process.execPath)}:${room.env["PATH"]}`;
  // Never asked: it is the user's, not the caller's.
  return { PATH, PROGRAM: program.file, SHELL: "/usr/bin/fish" };
}

/** A command with another after it: a last one would take the shell's own place. */
const call = "node $PROGRAM; true";

test.each<[title: string, argv: string[], shell: ShellName]>([
  ["bash", ["bash", "--norc", "-c", call], "bash"],
  ["zsh", ["zsh", "-f", "-c", call], "zsh"],
  ["dash", ["dash", "-c", call], "sh"],
  ["fish", ["fish", "--no-config", "-c", call], "fish"],
  ["tcsh", ["tcsh", "-f", "-c", call], "tcsh"],
  ["a POSIX bash", ["bash", "--posix", "-c", call], "bash"],
  ["a substitution in bash", ["bash", "--norc", "-c", 'echo "$(node $PROGRAM)"'], "bash"],
  ["a substitution in zsh", ["zsh", "-f", "-c", 'echo "$(node $PROGRAM)"'], "zsh"],
  ["a substitution in dash", ["dash", "-c", 'echo "$(node $PROGRAM)"'], "sh"],
  ["a substitution in fish", ["fish", "--no-config", "-c", "echo (node $PROGRAM)"], "fish"],
  ["backquotes in tcsh", ["tcsh", "-f", "-c", "echo `node $PROGRAM`"], "tcsh"],
  ["an eval in fish", ["fish", "--no-config", "-c", "eval echo (node $PROGRAM)"], "fish"],
  ["a login shell", ["bash", "-c", `exec -a -bash bash --norc -c '${call}'`], "bash"],
  ["a zsh called as a login shell", ["bash", "-c", `exec -a -zsh zsh -f -c '${call}'`], "zsh"],
  ["a fish by another name", ["bash", "-c", `exec -a sh fish --no-config -c '${call}'`], "fish"],
  ["dash in fish", ["fish", "--no-config", "-c", `dash -c '${call}'; true`], "sh"],
  ["fish in bash", ["bash", "--norc", "-c", `fish --no-config -c '${call}'; true`], "fish"],
  // Programs in between evaluate nothing.
  ["sh that is gone by then", ["sh", "-c", "node $PROGRAM"], "sh"],
  ["timeout in fish", ["fish", "--no-config", "-c", "timeout 20 node $PROGRAM; true"], "sh"],
  ["timeout in tcsh", ["tcsh", "-f", "-c", "timeout 20 node $PROGRAM; true"], "sh"],
  ["xargs", ["bash", "--norc", "-c", "echo $PROGRAM | xargs node; true"], "sh"],
])("%s", async (_title, argv, shell) => {
  using room = makeRoom();
  const ended = await room.run(argv, environment(room));
  expect(ended).toEqual({ code: 0, signal: null, stdout: `${shell}\n`, stderr: "" });
});

test.each<[title: string, name: string, first: string, shell: ShellName]>([
  ["a fish script", "deploy", "#!/usr/bin/fish", "fish"],
  ["a fish script found by env", "deploy", "#!/usr/bin/env fish", "fish"],
  ["a zsh script called sh", "sh", "#!/usr/bin/env -S zsh -f", "zsh"],
  ["a bash script called fish", "fish", "#!/bin/bash", "bash"],
  ["a tcsh script", "deploy.sh", "#!/usr/bin/env -S tcsh -f", "tcsh"],
  ["a sh script with spaces in its name", "a b (deleted)", "#!/bin/sh", "sh"],
])("%s", async (_title, name, first, shell) => {
  using room = makeRoom();
  room.write(name, [first, call]);
  chmodSync(join(room.folder, name), 0o755);
  const { stdout, stderr } = await room.run([join(room.folder, name)], environment(room));
  expect(stdout + stderr).toBe(`${shell}\n`);
});

test.skipIf(process.platform !== "linux")("a shell that was upgraded meanwhile", async () => {
  using room = makeRoom();
  const found = findExecutable("zsh", room.env);
  if (found.kind !== "found") throw new Error("There is no zsh.");
  const copy = join(room.folder, "zsh");
  copyFileSync(found.path, copy);
  const ended = await room.run([copy, "-f", "-c", `rm ${copy}; ${call}`], environment(room));
  expect(ended).toEqual({ code: 0, signal: null, stdout: "zsh\n", stderr: "" });
});
