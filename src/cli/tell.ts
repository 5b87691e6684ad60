import { writeAll } from "../system/write-all.ts";

/** Prints lines on stdout: what was asked for, not what there is to say about it. */
export function tell(...lines: readonly string[]): void {
  writeAll(1, lines.map((line) => `${line}\n`).join(""));
}
