import { strip } from "./python-text.ts";

/** Lines with their ends, told apart as Python does: `\n`, `\r\n` or `\r`. */
export function linesOf(text: string): string[] {
  return text.match(/[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$/g) ?? [];
}

/** Whether a line is a header, a key, or part of a value. */
export function hasContent(line: string): boolean {
  const content = strip(line);
  return content !== "" && !content.startsWith("#") && !content.startsWith(";");
}

/** The same lines, the last of which has an end. */
export function ended(lines: readonly string[], end: string): readonly string[] {
  const last = lines.at(-1);
  if (last === undefined || lineEndOf(last) !== "") return lines;
  return [...lines.slice(0, -1), last + end];
}

/** `\n`, `\r\n`, `\r`, or nothing. */
export function lineEndOf(line: string): string {
  return /(?:\r\n|\r|\n)$/.exec(line)?.[0] ?? "";
}

/** The white space before what stands on a line. */
export function indentOf(line: string): string {
  const content = strip(line);
  return content === "" ? "" : line.slice(0, line.indexOf(content));
}
