import { fstatSync, readFileSync } from "node:fs";
import { isatty } from "node:tty";
import type { Holder } from "./lock-attempt.ts";

/** What this process writes into a lock file it holds. */
export function describeSelf(): string {
  return JSON.stringify({ pid: process.pid, terminal: ownTerminal() });
}

/** Device number of the terminal that stderr shows its lines on. */
export function ownTerminal(): number | undefined {
  return isatty(2) ? fstatSync(2).rdev : undefined;
}

/** Reads who holds a lock file; it may be gone, empty or half-written. */
export function readHolder(path: string): Holder {
  try {
    const { pid, terminal } = JSON.parse(readFileSync(path, "utf8")) as Record<string, unknown>;
    return { pid: numberOrNothing(pid), terminal: numberOrNothing(terminal) };
  } catch {
    return { pid: undefined, terminal: undefined };
  }
}

function numberOrNothing(value: unknown): number | undefined {
  return typeof value === "number" ? value : undefined;
}
