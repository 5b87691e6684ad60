import { splitLines, strip, stripEnd } from "./python-text.ts";

/**
 * An AWS file, line by line, as Python's `configparser` reads it for the AWS CLI
 * (https://docs.python.org/3/library/configparser.html, botocore's `configloader.py`).
 */
export interface IniDocument {
  /** In the order of the file; `[DEFAULT]` is not among them. */
  readonly sections: ReadonlyMap<string, IniSection>;
  /** The lines of `[DEFAULT]`, inherited by every section. */
  readonly defaults: ReadonlyMap<string, IniEntry>;
}

export interface IniSection {
  /** 1-based line of the header. */
  readonly line: number;
  readonly entries: ReadonlyMap<string, IniEntry>;
}

export interface IniEntry {
  /** 1-based line on which the key stands. */
  readonly line: number;
  /** The value with its continuation lines joined by `\n`; a nested block begins with `\n`. */
  readonly value: string;
}

/** The line that makes a file unreadable for the AWS CLI, and for us. */
export class IniSyntaxError extends Error {
  override readonly name = "IniSyntaxError";
  /** 1-based. */
  readonly line: number;

  constructor(line: number, reason: string) {
    super(reason);
    this.line = line;
  }
}

type MutableEntry = { line: number; value: string; parts?: string[] };

/**
 * Parses a whole file. Throws {@link IniSyntaxError} where the AWS CLI would refuse it.
 * Messages never quote a line: it may hold a secret.
 */
export function parseIni(text: string): IniDocument {
  const reader = new IniReader();
  const lines = text.includes("\r") ? text.split(/\r\n|\n|\r/) : text.split("\n");
  for (let index = 0; index < lines.length; index++) reader.read(lines[index] ?? "", index + 1);
  return reader.finish();
}

/** The `key = value` lines of a nested block (`s3 =` and indented lines), or undefined if it is none. */
export function parseNested(value: string): Map<string, string> | undefined {
  if (!value.startsWith("\n")) return undefined;
  const nested = new Map<string, string>();
  for (const line of splitLines(value)) {
    const content = strip(line);
    if (content === "") continue;
    const separator = content.indexOf("=");
    if (separator < 0) throw new IniSyntaxError(0, 'a nested line without "="');
    nested.set(strip(content.slice(0, separator)), strip(content.slice(separator + 1)));
  }
  return nested;
}

class IniReader {
  private readonly sections = new Map<
    string,
    { line: number; entries: Map<string, MutableEntry> }
  >();
  private readonly defaults = new Map<string, MutableEntry>();
  private current: Map<string, MutableEntry> | undefined;
  private open: MutableEntry | undefined;
  private indent = 0;

  read(line: string, number: number): void {
    const content = strip(line);
    if (content === "") {
      this.continue("");
      return;
    }
    const first = content.charAt(0);
    if (first === "#" || first === ";") return;
    const indent = line.indexOf(first);
    if (this.open !== undefined && indent > this.indent) {
      this.continue(content);
      return;
    }
    this.indent = indent;
    const header = first === "[" ? headerName(content) : undefined;
    if (header !== undefined) this.startSection(header, number);
    else this.addEntry(content, number);
  }

  finish(): IniDocument {
    for (const section of this.sections.values()) closeEntries(section.entries);
    if (this.sections.size > 0) closeEntries(this.defaults);
    return { sections: this.sections, defaults: this.defaults };
  }

  private continue(content: string): void {
    if (this.open === undefined) return;
    this.open.parts ??= [this.open.value];
    this.open.parts.push(content);
  }

  private startSection(name: string, line: number): void {
    this.open = undefined;
    if (name === "DEFAULT") {
      this.current = this.defaults;
      return;
    }
    const earlier = this.sections.get(name);
    if (earlier !== undefined) {
      throw new IniSyntaxError(line, `section [${name}] stands on line ${earlier.line} already`);
    }
    this.current = new Map();
    this.sections.set(name, { line, entries: this.current });
  }

  private addEntry(content: string, line: number): void {
    if (this.current === undefined) {
      throw new IniSyntaxError(line, "no [section] before the first line");
    }
    const separator = content.search(/[=:]/);
    if (separator < 0) throw new IniSyntaxError(line, 'a line without "="');
    const key = stripEnd(content.slice(0, separator)).toLowerCase();
    if (key === "") throw new IniSyntaxError(line, 'no key before "="');
    const earlier = this.current.get(key);
    if (earlier !== undefined) {
      throw new IniSyntaxError(line, `"${key}" stands on line ${earlier.line} already`);
    }
    this.open = { line, value: strip(content.slice(separator + 1)) };
    this.current.set(key, this.open);
  }
}

/** `[name]` up to the last bracket; what follows it is ignored, as Python does. */
function headerName(content: string): string | undefined {
  const end = content.lastIndexOf("]");
  return end > 1 ? content.slice(1, end) : undefined;
}

function closeEntries(entries: ReadonlyMap<string, MutableEntry>): void {
  for (const entry of entries.values()) closeEntry(entry);
}

function closeEntry(entry: MutableEntry): void {
  if (entry.parts === undefined) return;
  entry.value = stripEnd(entry.parts.join("\n"));
  delete entry.parts;
  try {
    parseNested(entry.value);
  } catch (error) {
    throw error instanceof IniSyntaxError ? new IniSyntaxError(entry.line, error.message) : error;
  }
}
