import type { Environment } from "../core/environment.ts";
import { parentProcess } from "../system/parent-process.ts";
import { programName } from "./program-name.ts";
import { sh } from "./sh.ts";
import type { Shell } from "./shell.ts";
import { findShell } from "./shells.ts";

/**
 * The shell that started us, by the parent process; `sh` where that is none that we know. Never `$SHELL`,
 * which names the user's login shell: a fish user's make is not fish.
 */
export function callingShell(env: Environment): Shell {
  const parent = parentProcess(env);
  return (parent === undefined ? undefined : findShell(programName(parent))) ?? sh;
}
