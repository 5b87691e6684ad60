import { posixShell } from "./posix.ts";
import type { Shell } from "./shell.ts";
import completion from "./templates/completion.bash";

/** The Bourne-again shell. */
export const bash: Shell = { ...posixShell("bash"), completion };
