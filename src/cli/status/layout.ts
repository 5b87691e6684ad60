import type { Column, TextColumns } from "./columns.ts";

/** What a line has room for: columns left of the time left, the length of its bar, columns right of it. */
export interface Layout {
  readonly before: readonly Column[];
  /** 0: no bar. */
  readonly bar: number;
  readonly after: readonly Column[];
}

/** Between two columns. */
export const gap = "  ";

/** For the mark of the active session. */
export const markWidth = 2;

const barWidth = { least: 6, most: 20 };

/** Of a line: one long name must not push the other columns out. What they leave it gets, too. */
const shares = { profile: 0.3, device: 0.2 };

/** Shorter than that, a long name tells nothing. */
const leastName = 8;

/**
 * Profile and time left (as wide as `timeWidth` without its bar) stay; the bar and the other columns
 * come in the order of their worth, while there is room.
 */
export function layOut(columns: TextColumns, timeWidth: number, lineWidth: number): Layout {
  const { account, kind, until } = columns;
  const budget = budgetOf(lineWidth - markWidth - gap.length - timeWidth);
  const fits = ({ width }: Column): boolean => budget.takes(width + gap.length);
  const profile = atMost(columns.profile, lineWidth * shares.profile);
  const device = atMost(columns.device, lineWidth * shares.device);
  profile.width = Math.max(1, budget.upTo(profile.width));
  const hasBar = budget.takes(barWidth.least + gap.length);
  const wanted = [device, account, until].filter(isFilled);
  const kept = new Set<Column>(wanted.filter(fits));
  profile.width += budget.upTo(columns.profile.width - profile.width);
  if (kept.has(device)) device.width += budget.upTo(columns.device.width - device.width);
  if (kept.size === wanted.length && fits(kind)) kept.add(kind);
  return {
    before: [profile, ...[device, account, kind].filter((column) => kept.has(column))],
    bar: hasBar ? barWidth.least + budget.upTo(barWidth.most - barWidth.least) : 0,
    after: kept.has(until) ? [until] : [],
  };
}

/** A column of nothing but gaps would tell nothing. */
function isFilled({ cells }: Column): boolean {
  return cells.some((cell) => cell !== "");
}

function atMost(column: Column, width: number): Column & { width: number } {
  return { ...column, width: Math.min(column.width, Math.max(leastName, Math.floor(width))) };
}

interface Budget {
  /** Spends all of it, or nothing. */
  takes(width: number): boolean;
  /** Spends as much of it as is there. */
  upTo(width: number): number;
}

function budgetOf(room: number): Budget {
  let left = Math.max(0, room);
  return {
    takes(width) {
      if (width > left) return false;
      left -= width;
      return true;
    },
    upTo(width) {
      const given = Math.min(width, left);
      left -= given;
      return given;
    },
  };
}
