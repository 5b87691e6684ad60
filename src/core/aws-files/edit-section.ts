import { parseIni, type IniDocument, type IniSection } from "./ini.ts";
import { ended, hasContent, indentOf, lineEndOf, linesOf } from "./ini-lines.ts";
import { strip } from "./python-text.ts";
import { verifyEdit } from "./verify-edit.ts";

/** New values by key, in lower case; undefined takes the key out. */
export type SectionChanges = ReadonlyMap<string, string | undefined>;

/**
 * The text of an AWS file with some keys of one section set or taken out, the section being made where it
 * is missing. Every other byte stays. Throws {@link IniSyntaxError} where the AWS CLI could not read the
 * file. Neither the name nor a value may hold what an AWS file cannot (`sectionNameFault`, line breaks).
 */
export function editSection(text: string, name: string, changes: SectionChanges): string {
  const before = parseIni(text);
  const lines = linesOf(text);
  const section = before.sections.get(name);
  const edited =
    section === undefined
      ? withSection(lines, name, changes)
      : withChanges(lines, before, section, onlyChanges(section, changes));
  const result = edited.join("");
  verifyEdit(before, parseIni(result), name, changes);
  return result;
}

/** Why no section of an AWS file can have this name; undefined where one can. */
export function sectionNameFault(name: string): string | undefined {
  if (name === "") return "it is empty";
  if (name === "DEFAULT") return "[DEFAULT] is what all sections inherit";
  if (/\p{Cc}/u.test(name)) return "it holds a control character";
  return /\p{Cs}/u.test(name) ? "it is no text" : undefined;
}

/** A key that has its value already keeps its line as it is. */
function onlyChanges({ entries }: IniSection, changes: SectionChanges): SectionChanges {
  return new Map([...changes].filter(([key, value]) => entries.get(key)?.value !== value));
}

function withSection(
  lines: readonly string[],
  name: string,
  changes: SectionChanges,
): readonly string[] {
  const added = newLines("", changes);
  if (added.length === 0) return lines;
  const end = lineEndOf(lines[0] ?? "") || "\n";
  const last = lines.at(-1);
  const distance = last === undefined || strip(last) === "" ? [] : [end];
  return [...ended(lines, end), ...distance, ...[`[${name}]`, ...added].map((line) => line + end)];
}

function withChanges(
  lines: readonly string[],
  document: IniDocument,
  section: IniSection,
  changes: SectionChanges,
): string[] {
  const next = document.headerLines.find((line) => line > section.line) ?? lines.length + 1;
  const kept = keptLines(lines.slice(section.line, next - 1), section, changes);
  const added = newLines(
    kept.indent ?? indentOf(lines[next - 1] ?? ""),
    new Map([...changes].filter(([key]) => !section.entries.has(key))),
  );
  const head = [...lines.slice(0, section.line), ...kept.lines.slice(0, kept.contentLines)];
  const end = lineEndOf(head.at(-1) ?? "") || lineEndOf(lines[0] ?? "") || "\n";
  return [
    ...(added.length === 0 ? head : ended(head, end)),
    ...added.map((line) => line + end),
    ...kept.lines.slice(kept.contentLines),
    ...lines.slice(next - 1),
  ];
}

/** What stays of a section's body; new lines go behind its last line with content. */
interface Kept {
  readonly lines: readonly string[];
  readonly contentLines: number;
  /** White space before the last key: lines with more would be read as part of its value. */
  readonly indent: string | undefined;
}

function keptLines(body: readonly string[], section: IniSection, changes: SectionChanges): Kept {
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

function newLines(indent: string, changes: SectionChanges): string[] {
  return [...changes]
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${indent}${key} = ${value}`);
}
