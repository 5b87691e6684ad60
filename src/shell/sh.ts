import { posixShell } from "./posix.ts";

/** Any shell that keeps to POSIX. */
export const sh = posixShell("sh", "dash", "ash", "busybox", "ksh", "mksh", "yash");
