import { describe, expect, it } from "vitest";
import type { Column, TextColumns } from "../../../src/cli/status/columns.ts";
import { layOut } from "../../../src/cli/status/layout.ts";

interface Widths {
  readonly profile?: number;
  readonly device?: number;
  /** Of the words, without a bar. */
  readonly time?: number;
  readonly without?: readonly (keyof TextColumns)[];
}

function columnsOf({ profile = 8, device = 8, without = [] }: Widths): TextColumns {
  const column = (title: keyof TextColumns, width: number): Column => ({
    title,
    cells: [without.includes(title) ? "" : "x".repeat(width)],
    width,
  });
  return {
    profile: column("profile", profile),
    device: column("device", device),
    account: column("account", 12),
    kind: column("kind", 4),
    until: column("until", 5),
  };
}

/** Two columns for the mark, and two between all others: `profile 8, bar 6` are 2 + 8 + 2 + 6 + 2 + 10. */
describe.each<[widths: Widths, rows: [line: number, layout: string][]]>([
  [
    {},
    [
      [200, "profile 8, device 8, account 12, kind 4, bar 20, until 5"],
      [81, "profile 8, device 8, account 12, kind 4, bar 20, until 5"],
      [80, "profile 8, device 8, account 12, kind 4, bar 19, until 5"],
      [67, "profile 8, device 8, account 12, kind 4, bar 6, until 5"],
      [66, "profile 8, device 8, account 12, bar 11, until 5"],
      [61, "profile 8, device 8, account 12, bar 6, until 5"],
      [60, "profile 8, device 8, account 12, bar 12"],
      [54, "profile 8, device 8, account 12, bar 6"],
      [53, "profile 8, device 8, bar 12, until 5"],
      [47, "profile 8, device 8, bar 6, until 5"],
      [46, "profile 8, device 8, bar 12"],
      [40, "profile 8, device 8, bar 6"],
      [39, "profile 8, bar 8, until 5"],
      [30, "profile 8, bar 6"],
      [29, "profile 8, until 5"],
      [22, "profile 8"],
      [20, "profile 6"],
      [10, "profile 1"],
    ],
  ],
  [
    { profile: 60, device: 40 },
    [
      [160, "profile 60, device 40, account 12, kind 4, bar 15, until 5"],
      [120, "profile 51, device 24, account 12, bar 6, until 5"],
      [80, "profile 26, device 16, account 12, bar 6"],
      [40, "profile 18, bar 6"],
    ],
  ],
  // The bar gets what a device that does not fit would have had.
  [
    { device: 40 },
    [
      [41, "profile 8, device 9, bar 6"],
      [36, "profile 8, bar 12"],
    ],
  ],
  [{ without: ["device", "account"] }, [[60, "profile 8, kind 4, bar 20, until 5"]]],
])("%j", (widths, rows) => {
  it.each(rows)("in %d columns: %s", (line, expected) => {
    const { before, bar, after } = layOut(columnsOf(widths), widths.time ?? 10, line);
    const parts = [
      ...before.map(({ title, width }) => `${title} ${width}`),
      ...(bar > 0 ? [`bar ${bar}`] : []),
      ...after.map(({ title, width }) => `${title} ${width}`),
    ];
    expect(parts.join(", ")).toBe(expected);
  });
});
