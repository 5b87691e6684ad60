import { errorCode } from "./error-code.ts";
import { statFields } from "./proc-stat.ts";

/**
 * When a process began, in clock ticks since the boot: with its id it names one process for ever, as an
 * id alone does not (ids are given out again, after a reboot the very same ones). Undefined where the
 * system does not tell; null where the process is over.
 */
export function processStart(pid: number): number | undefined | null {
  try {
    const fields = statFields(String(pid));
    return fields[0] === "Z" || fields[0] === "X" ? null : Number(fields[19]);
  } catch {
    return undefined;
  }
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
