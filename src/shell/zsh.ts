import { posixShell } from "./posix.ts";
import type { Shell } from "./shell.ts";
import completion from "./templates/completion.zsh";

/** The Z shell. */
export const zsh: Shell = { ...posixShell("zsh"), completion };
