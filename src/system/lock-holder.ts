import { fstatSync, readFileSync, readSync } from "node:fs";
import { isatty } from "node:tty";
import type { Holder } from "./lock-attempt.ts";
import { isSameProcess, processStart } from "./process-start.ts";

/** What this process writes into a lock file it holds. */
export function describeSelf(): string {
  const { pid } = process;
  return JSON.stringify({ pid, started: processStart(pid) ?? undefined, terminal: ownTerminal() });
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
    };
  } catch {
    return { pid: undefined, started: undefined, terminal: undefined };
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
