import { fstatSync, readFileSync, readSync } from "node:fs";
import { isatty } from "node:tty";
import type { Holder, Manners } from "./lock-attempt.ts";
import { statFields } from "./proc-stat.ts";
import { isSameProcess, processStart } from "./process-start.ts";

/** What this process writes into a lock file it holds. */
export function describeSelf({ givesWay }: Manners = {}): string {
  const { pid } = process;
  const started = processStart(pid) ?? undefined;
  return JSON.stringify({ pid, started, terminal: ownTerminal(), ...(givesWay && { givesWay }) });
}

/** What a holder that gives way is asked by. */
const wayPlease = "SIGUSR2";

/** Aborted when somebody asks this process to give way. */
export function wayWanted(): AbortSignal {
  const way = new AbortController();
  process.on(wayPlease, () => way.abort("another awsmfa asks for the code"));
  return way.signal;
}

/** Asks a holder to give way, if it is one that does; false where it is not. */
export function askForWay({ pid, started, givesWay }: Holder): boolean {
  if (!givesWay || pid === undefined || process.platform === "win32") return false;
  // Only whom the file means: another process of that number would die of it.
  if (!isSameProcess(pid, started)) return false;
  try {
    process.kill(pid, wayPlease);
    if (isStopped(pid)) process.kill(pid, "SIGCONT");
    return true;
  } catch {
    return false;
  }
}

/** As by ^Z. */
function isStopped(pid: number): boolean {
  return process.platform === "linux" && statFields(String(pid))[0] === "T";
}

/** Whether an open lock file holds nothing, or what {@link describeSelf} wrote. */
export function isOwnDescription(fd: number): boolean {
  const own = Buffer.from('{"pid":');
  const found = Buffer.alloc(own.length);
  const length = readSync(fd, found, 0, own.length, 0);
  return length === 0 || found.equals(own);
}

/** Device number of the terminal that stderr shows its lines on. */
export function ownTerminal(): number | undefined {
  return isatty(2) ? fstatSync(2).rdev : undefined;
}

/** Reads who holds a lock file; it may be gone, empty or half-written. */
export function readHolder(path: string): Holder {
  try {
    const written = JSON.parse(readFileSync(path, "utf8")) as Record<string, unknown>;
    return {
      pid: numberOrNothing(written["pid"]),
      started: numberOrNothing(written["started"]),
      terminal: numberOrNothing(written["terminal"]),
      givesWay: written["givesWay"] === true,
    };
  } catch {
    return { pid: undefined, started: undefined, terminal: undefined, givesWay: false };
  }
}

/**
 * What people know a holder by. Other programs leave no name, and one of ours that was killed leaves its own
 * to them: `unnamed` says what such a holder may be.
 */
export function nameOfHolder({ pid, started }: Holder, unnamed: string): string {
  const isOurs = pid !== undefined && isSameProcess(pid, started);
  return isOurs ? `another awsmfa (process ${pid})` : unnamed;
}

function numberOrNothing(value: unknown): number | undefined {
  return Number.isSafeInteger(value) && Number(value) > 0 ? Number(value) : undefined;
}
