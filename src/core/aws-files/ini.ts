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
  /** 1-based lines of every header, those of `[DEFAULT]` too, in the order of the file. */
  readonly headerLines: readonly number[];
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

type MutableEntry = { line: number; value: string };
type MutableEntries = Map<string, MutableEntry>;

/**
 * Parses a whole file. Throws {@link IniSyntaxError} where the AWS CLI would refuse it.
 * Messages never quote a line: it may hold a secret.
 */
export function parseIni(text: string): IniDocument {
  const reader = new IniReader();
  const lines = text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text;
  let start = 0;
  for (let end = 0; end >= 0; start = end + 1) {
    end = lines.indexOf("\n", start);
    reader.read(end < 0 ? lines.slice(start) : lines.slice(start, end));
  }
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
  private readonly sections = new Map<string, { line: number; entries: MutableEntries }>();
  private readonly defaults: MutableEntries = new Map();
  private readonly headerLines: number[] = [];
  /** The same few keys stand in all sections: each is lower-cased, and kept in memory, once. */
  private readonly keys = new Map<string, string>();
  private readonly nested: MutableEntry[] = [];
  private line = 0;
  private current: MutableEntries | undefined;
  private open: MutableEntry | undefined;
  private indent = 0;
  private blankLines = 0;

  read(line: string): void {
    this.line++;
    const content = strip(line);
    if (content === "") {
      this.blankLines++;
      return;
    }
    const first = content.charAt(0);
    if (first === "#" || first === ";") return;
    const indent = line.indexOf(first);
    if (this.open !== undefined && indent > this.indent) {
      this.continue(this.open, content);
      return;
    }
    this.indent = indent;
    this.blankLines = 0;
    const header = first === "[" ? headerName(content) : undefined;
    if (header !== undefined) this.startSection(header);
    else this.addEntry(content);
  }

  finish(): IniDocument {
    for (const entry of this.nested) if (this.isInUse(entry)) refuseIfBroken(entry);
    const { sections, defaults, headerLines } = this;
    return { sections, defaults, headerLines };
  }

  private continue(entry: MutableEntry, content: string): void {
    if (entry.value === "") this.nested.push(entry);
    entry.value += "\n".repeat(this.blankLines + 1) + content;
    this.blankLines = 0;
  }

  /** A default that every section overrides is not: the AWS CLI never looks at it. */
  private isInUse(entry: MutableEntry): boolean {
    const key = [...this.defaults.keys()].find((key) => this.defaults.get(key) === entry);
    if (key === undefined) return true;
    return [...this.sections.values()].some(({ entries }) => !entries.has(key));
  }

  private startSection(name: string): void {
    this.open = undefined;
    this.headerLines.push(this.line);
    if (name === "DEFAULT") {
      this.current = this.defaults;
      return;
    }
    const earlier = this.sections.get(name);
    if (earlier !== undefined) throw this.error(`the section of line ${earlier.line} once more`);
    this.current = new Map();
    this.sections.set(name, { line: this.line, entries: this.current });
  }

  private addEntry(content: string): void {
    if (this.current === undefined) throw this.error(whyNoSection(content));
    const separator = separatorIn(content);
    if (separator < 0) throw this.error('a line without "="');
    const key = this.keyNamed(content.slice(0, separator));
    if (key === "") throw this.error('no key before "="');
    const earlier = this.current.get(key);
    if (earlier !== undefined) throw this.error(`the key of line ${earlier.line} once more`);
    this.open = { line: this.line, value: strip(content.slice(separator + 1)) };
    this.current.set(key, this.open);
  }

  private keyNamed(name: string): string {
    let key = this.keys.get(name);
    if (key === undefined) {
      key = stripEnd(name).toLowerCase();
      this.keys.set(name, key);
    }
    return key;
  }

  private error(reason: string): IniSyntaxError {
    return new IniSyntaxError(this.line, reason);
  }
}

/** `[name]` up to the last bracket; what follows it is ignored, as Python does. */
function headerName(content: string): string | undefined {
  const end = content.lastIndexOf("]");
  return end > 1 ? content.slice(1, end) : undefined;
}

function separatorIn(content: string): number {
  const equals = content.indexOf("=");
  const colon = content.indexOf(":");
  return equals < 0 || (colon >= 0 && colon < equals) ? colon : equals;
}

function whyNoSection(content: string): string {
  return content.startsWith("\ufeff")
    ? "a byte order mark before the first [section]"
    : "no [section] before the first line";
}

function refuseIfBroken({ line, value }: MutableEntry): void {
  try {
    parseNested(value);
  } catch (error) {
    throw error instanceof IniSyntaxError ? new IniSyntaxError(line, error.message) : error;
  }
}
