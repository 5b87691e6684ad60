import { posixShell } from "./posix.ts";

/** The Z shell. */
export const zsh = posixShell("zsh");
