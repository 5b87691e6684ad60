import { parseIni } from "../../../src/core/aws-files/ini.ts";
import { strip } from "../../../src/core/aws-files/python-text.ts";

/** A line of the section that was edited. */
interface Line {
  readonly text: string;
  /** The key it is of, where that is one of those concerned. */
  readonly key: string | undefined;
}

/** An AWS file in three parts: what is before a section, the section, and what is behind it. */
interface Parts {
  readonly before: string;
  readonly section: readonly Line[];
  readonly behind: string;
}

/**
 * What an edit did that it should not have: lines elsewhere, or of other keys, that are not the same bytes
 * as before, or a spelling that it did not keep. Undefined where there is nothing.
 */
export function faultOfEdit(
  old: string,
  edited: string,
  section: string,
  keys: ReadonlySet<string>,
): string | undefined {
  const was = partsOf(old, section, keys);
  const is = partsOf(edited, section, keys);
  if (was === undefined) return edited.startsWith(old) ? undefined : "what was there has changed";
  if (is === undefined) return "the section is gone";
  if (was.before !== is.before) return "a line before the section has changed";
  if (was.behind !== is.behind) return "a line behind the section has changed";
  // A last line gets an end when another one follows it.
  const ended = [others(was), `${others(was)}\n`, `${others(was)}\r\n`, `${others(was)}\r`];
  if (!ended.includes(others(is))) return "a line of another key has changed";
  return [...keys].map((key) => faultOfKey(was, is, key)).find(Boolean);
}

function faultOfKey(was: Parts, is: Parts, key: string): string | undefined {
  const [old, now] = [was, is].map(({ section }) => section.findIndex((line) => line.key === key));
  if (old === undefined || now === undefined || old < 0 || now < 0) return undefined;
  const spelling = ({ section }: Parts, at: number): string =>
    /^[^=:]*[=:]/.exec(section[at]?.text ?? "")?.[0] ?? "";
  if (spelling(was, old) !== spelling(is, now)) return `the spelling of ${key} has changed`;
  const above = ({ section }: Parts, at: number): string =>
    section
      .flatMap((line, index) => (index < at && line.key === undefined ? [line.text] : []))
      .join("");
  return above(was, old) === above(is, now) ? undefined : `${key} stands elsewhere`;
}

/** What stays as it is in the section. */
function others({ section }: Parts): string {
  return section.map(({ text, key }) => (key === undefined ? text : "")).join("");
}

function partsOf(text: string, section: string, keys: ReadonlySet<string>): Parts | undefined {
  const { sections, headerLines } = parseIni(text);
  const found = sections.get(section);
  if (found === undefined) return undefined;
  const lines = text.split(/(?<=\r\n|\n|\r(?!\n))/);
  const end = (headerLines.find((line) => line > found.line) ?? lines.length + 1) - 1;
  const keyAt = new Map([...found.entries].map(([key, { line }]) => [line, key]));
  let key: string | undefined;
  const body = lines.slice(found.line - 1, end).map((line, index) => {
    key = keyAt.get(found.line + index) ?? key;
    const isOfValue = !/^([#;]|$)/.test(strip(line));
    return { text: line, key: isOfValue && key !== undefined && keys.has(key) ? key : undefined };
  });
  return {
    before: lines.slice(0, found.line - 1).join(""),
    section: body,
    behind: lines.slice(end).join(""),
  };
}
