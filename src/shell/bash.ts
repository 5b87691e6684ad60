import { posixShell } from "./posix.ts";

/** The Bourne-again shell. */
export const bash = posixShell("bash");
