import { bash } from "./bash.ts";
import { cmd } from "./cmd.ts";
import { fish } from "./fish.ts";
import { powershell } from "./powershell.ts";
import { sh } from "./sh.ts";
import type { Shell, ShellName } from "./shell.ts";
import { tcsh } from "./tcsh.ts";
import { zsh } from "./zsh.ts";

/** Every shell we speak, in the order in which help names them. */
export const shells: readonly Shell[] = [bash, zsh, sh, fish, powershell, cmd, tcsh];

/** What `--shell` takes. */
export const shellNames: readonly ShellName[] = shells.map(({ name }) => name);

/** The shell of that name, or the one which a program of that name speaks. */
export function findShell(nameOrProgram: string): Shell | undefined {
  return shells.find(({ programs }) => programs.includes(nameOrProgram));
}
