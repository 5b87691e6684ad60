import { expect, it } from "vitest";
import { drawBar } from "../../../src/cli/status/bar.ts";

it.each<[fraction: number, width: number, unicode: boolean, bar: string, why?: string]>([
  [1, 8, true, "████████|"],
  [0.5, 8, true, "████|░░░░"],
  [0, 8, true, "|░░░░░░░░"],
  [0.001, 8, true, "█|░░░░░░░", "something is left"],
  [0.06, 8, true, "█|░░░░░░░"],
  [0.19, 8, true, "██|░░░░░░"],
  [0.93, 8, true, "███████|░"],
  [0.94, 8, true, "████████|"],
  [1.5, 8, true, "████████|", "more than all: the clock was set back"],
  [0.5, 1, true, "█|"],
  [0, 1, true, "|░"],
  [0.5, 0, true, "|"],
  [0, 0, true, "|"],
  [0.25, 8, false, "##|------"],
  [0, 4, false, "|----"],
])("%d of %d characters, unicode %s: %s", (fraction, width, unicode, expected) => {
  const { left, gone } = drawBar(fraction, width, unicode);
  expect(`${left}|${gone}`).toBe(expected);
});
