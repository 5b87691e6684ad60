import type { IniSection } from "./ini.ts";
import { hasContent, indentOf, lineEndOf } from "./ini-lines.ts";
import { strip } from "./python-text.ts";
import type { SectionChanges } from "./section-changes.ts";

/** What stays of a section's body; new lines go behind its last line with content. */
export interface KeptLines {
  readonly lines: readonly string[];
  readonly contentLines: number;
  /** White space before the last key: lines with more would be read as part of its value. */
  readonly indent: string | undefined;
}

/** Gives the values of a section's body new ones, and leaves out the keys that go. */
export function keptLines(
  body: readonly string[],
  section: IniSection,
  changes: SectionChanges,
): KeptLines {
  const keyAt = new Map([...section.entries].map(([key, { line }]) => [line, key]));
  const lines: string[] = [];
  let contentLines = 0;
  let indent: string | undefined;
  let valueChanges = false;
  for (const [index, line] of body.entries()) {
    const key = keyAt.get(section.line + index + 1);
    if (key !== undefined) {
      valueChanges = changes.has(key);
      const value = changes.get(key);
      if (valueChanges && value === undefined) continue;
      lines.push(value === undefined ? line : withValue(line, value));
      indent = indentOf(line);
      contentLines = lines.length;
    } else if (!hasContent(line)) lines.push(line);
    else if (!valueChanges) contentLines = lines.push(line);
  }
  return { lines, contentLines, indent };
}

/** The same line with another value: key, separator and white space stay. */
function withValue(line: string, value: string): string {
  const separator = line.search(/[=:]/) + 1;
  const old = line.slice(separator);
  const content = strip(old);
  if (content === "") {
    const space = /\s[=:]$/.test(line.slice(0, separator)) ? " " : "";
    return line.slice(0, separator) + space + value + lineEndOf(line);
  }
  const start = separator + old.indexOf(content);
  return line.slice(0, start) + value + line.slice(start + content.length);
}
