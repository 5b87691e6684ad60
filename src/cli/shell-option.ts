import { Option } from "commander";
import type { Environment } from "../core/environment.ts";
import { callingShell } from "../shell/calling-shell.ts";
import type { Shell, ShellName } from "../shell/shell.ts";
import { findShell, shellNames } from "../shell/shells.ts";

/** `--shell`, of every command that prints something to eval. */
export function shellOption(): Option {
  return new Option("--shell <name>", "the shell to print for (default: the calling one)").choices(
    shellNames,
  );
}

/** The shell that was named, else the one that called us. */
export function shellFor(name: ShellName | undefined, env: Environment): Shell {
  return (name === undefined ? undefined : findShell(name)) ?? callingShell(env);
}
