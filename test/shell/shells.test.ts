import { expect, test } from "vitest";
import { programName } from "../../src/shell/program-name.ts";
import type { ShellName } from "../../src/shell/shell.ts";
import { findShell, shellNames, shells } from "../../src/shell/shells.ts";

test("the shells, in the order of the help", () => {
  expect(shellNames).toEqual(["bash", "zsh", "sh", "fish", "powershell", "cmd", "tcsh"]);
});

test("no program speaks two of them", () => {
  const programs = shells.flatMap((shell) => shell.programs);
  expect(new Set(programs).size).toBe(programs.length);
  expect(shells.filter(({ name, programs }) => !programs.includes(name))).toEqual([]);
});

test.each(shells.filter(({ name }) => name !== "cmd"))(
  "$name: every statement ends with `;`, so that they can stand on one line",
  ({ set, unset, fail }) => {
    const statements = [set("A", "b"), unset("A"), fail(253)];
    expect(statements.filter((statement) => !statement.endsWith(";"))).toEqual([]);
  },
);

test.each<[process: string, name: string, shell: ShellName | undefined]>([
  ["bash", "bash", "bash"],
  ["/bin/bash", "bash", "bash"],
  ["-bash", "bash", "bash"],
  ["-/bin/bash", "bash", "bash"],
  ["bash\n", "bash", "bash"],
  ["bash-5.2", "bash", "bash"],
  ["/usr/local/bin/bash5", "bash", "bash"],
  ["/bin/bash-static", "bash", "bash"],
  ["C:\\Program Files\\Git\\usr\\bin\\bash.exe", "bash", "bash"],
  ["/usr/bin/zsh-5.9", "zsh", "zsh"],
  ["-zsh", "zsh", "zsh"],
  ["zsh5", "zsh", "zsh"],
  ["zsh-5.9.0.1-dev", "zsh", "zsh"],
  ["zsh5-static", "zsh", "zsh"],
  ["/usr/bin/zsh (deleted)", "zsh", "zsh"],
  ["/usr/bin/fish (deleted)\n", "fish", "fish"],
  ["/nix/store/abc-fish-3.7.1/bin/fish", "fish", "fish"],
  ["fish-4.0b1", "fish", "fish"],
  ["/opt/homebrew/Cellar/fish/3.7.1/bin/fish", "fish", "fish"],
  ["dash", "dash", "sh"],
  ["/bin/sh", "sh", "sh"],
  ["ksh93", "ksh", "sh"],
  ["/bin/busybox", "busybox", "sh"],
  ["tcsh-6.24.07", "tcsh", "tcsh"],
  ["-csh", "csh", "tcsh"],
  ["bsd-csh", "bsd-csh", undefined],
  ["powershell.exe", "powershell", "powershell"],
  ["PowerShell.EXE", "powershell", "powershell"],
  ["pwsh", "pwsh", "powershell"],
  ["pwsh-preview", "pwsh", "powershell"],
  ["/opt/microsoft/powershell/7/pwsh", "pwsh", "powershell"],
  ["cmd.exe", "cmd", "cmd"],
  ["C:\\Windows\\System32\\CMD.EXE", "cmd", "cmd"],
  // Not shells, or none that we know.
  ["", "", undefined],
  ["-", "", undefined],
  ["/", "", undefined],
  ["node", "node", undefined],
  ["make", "make", undefined],
  ["fish-lsp", "fish-lsp", undefined],
  ["bash-language-server", "bash-language-server", undefined],
  ["deploy.fish", "deploy.fish", undefined],
  ["nu", "nu", undefined],
  ["constructor", "constructor", undefined],
  ["5.9", "", undefined],
])("%j is the program %j, which speaks %s", (process, name, shell) => {
  expect(programName(process)).toBe(name);
  expect(findShell(name)?.name).toBe(shell);
});
