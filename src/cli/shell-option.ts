import { Option } from "commander";
import { fish } from "../shell/fish.ts";
import { sh } from "../shell/sh.ts";
import type { Shell } from "../shell/shell.ts";
import { shellNames } from "../shell/shells.ts";
import { tcsh } from "../shell/tcsh.ts";

/** `--shell`, of every command that prints something to eval. */
export function shellOption(): Option {
  return new Option("--shell <name>", "the shell to print for (default: the calling one)").choices(
    shellNames,
  );
}

/** Lines of help: how the shells of most users take over what a command prints. */
export function evalExamples(command: string): string {
  const readers: [shell: Shell, readers: string][] = [
    [sh, "bash, zsh, sh"],
    [fish, "fish"],
    [tcsh, "tcsh"],
  ];
  const lines = readers.map(([shell, names]) => shell.evaluate(command).padEnd(45) + names);
  return `Examples:  ${lines.join(`\n${" ".repeat(11)}`)}`;
}
