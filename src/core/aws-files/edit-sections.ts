import { parseIni, type IniDocument, type IniSection } from "./ini.ts";
import { ended, indentOf, lineEndOf, linesOf } from "./ini-lines.ts";
import { keptLines } from "./kept-lines.ts";
import { strip } from "./python-text.ts";
import type { SectionChanges } from "./section-changes.ts";
import { verifyEdit } from "./verify-edit.ts";

/** What is to become of sections, by name. */
export type Edits = ReadonlyMap<string, SectionChanges>;

/**
 * The text of an AWS file with some keys of some sections set or taken out, a section being made where it is
 * missing. Every other byte stays. Throws {@link IniSyntaxError} where the AWS CLI could not read the file.
 * Neither a name nor a value may hold what an AWS file cannot (`sectionNameFault`, line breaks).
 */
export function editSections(text: string, edits: Edits): string {
  const before = parseIni(text);
  const present = [...before.sections].filter(([name]) => edits.has(name));
  // From below: the lines above stay where they are.
  const edited = present.toReversed().reduce<readonly string[]>((lines, [name, section]) => {
    const changes = onlyChanges(section, edits.get(name) ?? new Map());
    return withChanges(lines, before, section, changes);
  }, linesOf(text));
  const missing = [...edits].filter(([name]) => !before.sections.has(name));
  const result = missing
    .reduce((lines, [name, changes]) => withSection(lines, name, changes), edited)
    .join("");
  verifyEdit(before, parseIni(result), edits);
  return result;
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

function newLines(indent: string, changes: SectionChanges): string[] {
  return [...changes]
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${indent}${key} = ${value}`);
}
