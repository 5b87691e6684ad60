import { readFileSync } from "node:fs";
import { errorCode } from "./error-code.ts";

/**
 * When a process began, in clock ticks since the boot: with its id it names one process for ever, as an
 * id alone does not (ids are given out again, after a reboot the very same ones). Undefined where the
 * system does not tell; null where the process is over.
 */
export function processStart(pid: number): number | undefined | null {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  } catch {
    return undefined;
  }
  // proc(5): state and start time, counted from behind the command's name, which may hold anything.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return fields[0] === "Z" || fields[0] === "X" ? null : Number(fields[19]);
}

/** Whether the process that began then still runs. */
export function isSameProcess(pid: number, started: number | undefined): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // Another user's.
    if (errorCode(error) !== "EPERM") return false;
  }
  const now = processStart(pid);
  return now !== null && (started === undefined || now === undefined || now === started);
}
