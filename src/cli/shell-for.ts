import type { Environment } from "../core/environment.ts";
import { callingShell } from "../shell/calling-shell.ts";
import type { Shell, ShellName } from "../shell/shell.ts";
import { findShell } from "../shell/shells.ts";

/** The shell that was named, else the one that called us. */
export function shellFor(name: ShellName | undefined, env: Environment): Shell {
  return (name === undefined ? undefined : findShell(name)) ?? callingShell(env);
}
