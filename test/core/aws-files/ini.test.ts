import { describe, expect, it } from "vitest";
import {
  IniSyntaxError,
  parseIni,
  parseNested,
  type IniEntry,
} from "../../../src/core/aws-files/ini.ts";

// Whether the AWS CLI agrees is asked in test/aws/files/reader-agreement.test.ts.

type Table = Record<string, Record<string, string>>;

describe("parseIni", () => {
  it.each<[text: string, sections: Table]>([
    ["", {}],
    ["\n  \n# a\n; b\n", {}],
    ["[a]", { a: {} }],
    ["[a]\nx=1\ny = 2\nz : 3", { a: { x: "1", y: "2", z: "3" } }],
    ["[a]\r\nx = 1\r\n\r\n[b]\r\n", { a: { x: "1" }, b: {} }],
    ["[a]\rx = 1\r[b]", { a: { x: "1" }, b: {} }],
    ["[a]\nREGION = X", { a: { region: "X" } }],
    ["[a]\nx = 1 # y ; z", { a: { x: "1 # y ; z" } }],
    ["[a]\nx = b = c: d", { a: { x: "b = c: d" } }],
    ["[a]\nx: b = c", { a: { x: "b = c" } }],
    ["[a]\nx =", { a: { x: "" } }],
    ["[a]\nx = 1\n  2\n\t3", { a: { x: "1\n2\n3" } }],
    ["[a]\nx = 1\n  [b]\n[c]", { a: { x: "1\n[b]" }, c: {} }],
    ["[a]\nx = 1\n\n  2\n\n[b]", { a: { x: "1\n\n2" }, b: {} }],
    ["[a]\nx = 1\n\ny = 2\n  3", { a: { x: "1", y: "2\n3" } }],
    ["[a]\nx = 1\n[b]\n  y = 2", { a: { x: "1" }, b: { y: "2" } }],
    ["[a]\nx = 1\n  # c\n  2", { a: { x: "1\n2" } }],
    ["[a]\n  x = 1\n  y = 2\n    3", { a: { x: "1", y: "2\n3" } }],
    ["[a]\ns3 =\n  b = c", { a: { s3: "\nb = c" } }],
    ["[a]b] c\nx = 1\n[]]", { "a]b": { x: "1" }, "]": {} }],
    ["[__proto__]\n__proto__ = 1", { ["__proto__"]: { ["__proto__"]: "1" } }],
  ])("%j", (text, sections) => {
    expect(sectionsOf(text)).toEqual(sections);
  });
});

it("what all sections inherit stands apart", () => {
  const { defaults, sections } = parseIni("[DEFAULT]\nx = 1\n[a]\ny = 2\n[DEFAULT]\nz = 3");
  expect(valuesOf(defaults)).toEqual({ x: "1", z: "3" });
  expect([...sections.keys()]).toEqual(["a"]);
});

it("sections and entries know their lines", () => {
  const section = parseIni("# x\n\n[a]\nx = 1\n  2\n\ny = 3\n").sections.get("a");
  expect(section?.line).toBe(3);
  expect(section?.entries.get("x")?.line).toBe(4);
  expect(section?.entries.get("y")?.line).toBe(7);
});

describe("what the AWS CLI refuses is refused with its line", () => {
  it.each([
    ["x = 1", 1, "no [section] before the first line"],
    ["\n# c\n[a\n", 3, "no [section] before the first line"],
    ["[]\n", 1, "no [section] before the first line"],
    ["\ufeff[a]\n", 1, "a byte order mark before the first [section]"],
    ["[a]\nx", 2, 'a line without "="'],
    ["[a]\rb\r", 2, 'a line without "="'],
    ["[a]\nx = 1\n\ny\n", 4, 'a line without "="'],
    ["[a]\n[]\n", 2, 'a line without "="'],
    ["[a]\n = 1", 2, 'no key before "="'],
    ["[a]\nx = 1\ny = 2\nX = 3", 4, "the key of line 2 once more"],
    ["[DEFAULT]\nx = 1\n[a]\n[DEFAULT]\nx = 2", 5, "the key of line 2 once more"],
    ["[a]\n[b]\n\n[a]", 4, "the section of line 1 once more"],
    ["[a]\ns3 =\n  x = 1\n  y", 2, 'a nested line without "="'],
    ["[DEFAULT]\ns3 =\n  x\n[a]\ns3 = 1\n[b]", 2, 'a nested line without "="'],
  ])("%j: line %i, %s", (text, line, message) => {
    expect(syntaxErrorOf(text)).toEqual({ line, message });
  });

  it("but a broken default is harmless where every section has its own value", () => {
    expect(sectionsOf("[DEFAULT]\ns3 =\n  x\n[a]\ns3 = 1")).toEqual({ a: { s3: "1" } });
  });
});

describe("parseNested", () => {
  it.each<[value: string, nested: Record<string, string> | undefined]>([
    ["", undefined],
    ["x = 1", undefined],
    ["x\ny = 1", undefined],
    ["\nx = 1\ny=2", { x: "1", y: "2" }],
    ["\n\nx = y = z", { x: "y = z" }],
    ["\n= 1\nX =", { "": "1", X: "" }],
    ["\nx = 1\nx = 2", { x: "2" }],
    ["\nx = 1\u0085y = 2", { x: "1", y: "2" }],
  ])("%j: %j", (value, nested) => {
    const found = parseNested(value);
    expect(found === undefined ? undefined : Object.fromEntries(found)).toEqual(nested);
  });
});

function sectionsOf(text: string): Table {
  const { sections } = parseIni(text);
  return Object.fromEntries([...sections].map(([name, { entries }]) => [name, valuesOf(entries)]));
}

function valuesOf(entries: ReadonlyMap<string, IniEntry>): Record<string, string> {
  return Object.fromEntries([...entries].map(([key, { value }]) => [key, value]));
}

function syntaxErrorOf(text: string): { line: number; message: string } | undefined {
  try {
    parseIni(text);
    return undefined;
  } catch (error) {
    if (!(error instanceof IniSyntaxError)) throw error;
    return { line: error.line, message: error.message };
  }
}
