import { fstatSync, readFileSync } from "node:fs";
import { isatty } from "node:tty";
import type { Holder } from "./lock-attempt.ts";
import { processStart } from "./process-start.ts";

/** What this process writes into a lock file it holds. */
export function describeSelf(): string {
  const { pid } = process;
  return JSON.stringify({ pid, started: processStart(pid) ?? undefined, terminal: ownTerminal() });
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

function numberOrNothing(value: unknown): number | undefined {
  return Number.isSafeInteger(value) && Number(value) > 0 ? Number(value) : undefined;
}
