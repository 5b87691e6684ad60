import { describe, expect, it, test } from "vitest";
import { editSections } from "../../../src/core/aws-files/edit-sections.ts";
import { editSection } from "../../support/edit-section.ts";
import { IniSyntaxError } from "../../../src/core/aws-files/ini.ts";
import type { SectionChanges } from "../../../src/core/aws-files/section-changes.ts";
import { sectionNameFault } from "../../../src/core/aws-files/section-name.ts";

// Whether botocore agrees is asked in test/aws/files/edit-agreement.test.ts.

type Changes = Record<string, string | null>;
type Case = [what: string, before: string, section: string, changes: Changes, after: string];

describe("the section's keys change, and not another byte", () => {
  it.each<Case>([
    ["a value", "[a]\nx = 1\n", "a", { x: "2" }, "[a]\nx = 2\n"],
    ["the same value", "[a]\nX  :1 \n", "a", { x: "1" }, "[a]\nX  :1 \n"],
    ["nothing", "[a]\nx = 1", "a", {}, "[a]\nx = 1"],
    ["a new key", "[a]\nx = 1\n", "a", { y: "2" }, "[a]\nx = 1\ny = 2\n"],
    ["several", "[a]\nx = 1\n", "a", { y: "2", x: "3", z: "4" }, "[a]\nx = 3\ny = 2\nz = 4\n"],
    ["a key less", "[a]\nx = 1\ny = 2\n", "a", { x: null }, "[a]\ny = 2\n"],
    ["the last key less", "[a]\nx = 1\n", "a", { x: null }, "[a]\n"],
    ["a missing key less", "[a]\nx = 1\n", "a", { y: null }, "[a]\nx = 1\n"],
    ["one out, one in", "[a]\nx = 1\n\n[b]\n", "a", { x: null, y: "2" }, "[a]\ny = 2\n\n[b]\n"],
    ["order stays", "[a]\ny = 1\nx = 2\n", "a", { x: "3", y: "4" }, "[a]\ny = 4\nx = 3\n"],
    ["the first section", "[a]\nx = 1\n[b]\nx = 1\n", "a", { x: "2" }, "[a]\nx = 2\n[b]\nx = 1\n"],
    ["the last section", "[a]\nx = 1\n[b]\nx = 1\n", "b", { x: "2" }, "[a]\nx = 1\n[b]\nx = 2\n"],
  ])("%s", edits);
});

describe("comments and blank lines stay where they are", () => {
  it.each<Case>([
    ["around", "# 1\n\n[a]\n; 2\nx = 1\n# 3\n", "a", { x: "2" }, "# 1\n\n[a]\n; 2\nx = 2\n# 3\n"],
    [
      "before the next section, whose comment it is",
      "[a]\nx = 1\n\n# of b\n[b]\n",
      "a",
      { y: "2" },
      "[a]\nx = 1\ny = 2\n\n# of b\n[b]\n",
    ],
    ["of an empty section", "[a]\n\n# 1\n\n[b]\n", "a", { x: "1" }, "[a]\nx = 1\n\n# 1\n\n[b]\n"],
    ["of a key taken out", "[a]\n# 1\nx = 1\n# 2\n", "a", { x: null }, "[a]\n# 1\n# 2\n"],
    ["no comment: behind a value", "[a]\nx = 1 # y\n", "a", { x: "2" }, "[a]\nx = 2\n"],
    ["a key in a comment", "[a]\n#x = 1\n", "a", { x: "2" }, "[a]\nx = 2\n#x = 1\n"],
    [
      "a header in a comment",
      "[a]\nx = 1\n#[b]\n",
      "b",
      { y: "2" },
      "[a]\nx = 1\n#[b]\n\n[b]\ny = 2\n",
    ],
    [
      "between keys",
      "[a]\nx = 1\n\n\n# 1\ny = 2\n",
      "a",
      { z: "3" },
      "[a]\nx = 1\n\n\n# 1\ny = 2\nz = 3\n",
    ],
    ["behind a header", "[a] # 1\nx = 1\n", "a", { x: "2" }, "[a] # 1\nx = 2\n"],
  ])("%s", edits);
});

describe("line ends", () => {
  it.each<Case>([
    ["CRLF", "[a]\r\nx = 1\r\n\r\n[b]\r\n", "a", { x: "2" }, "[a]\r\nx = 2\r\n\r\n[b]\r\n"],
    ["CRLF, a new key", "[a]\r\nx = 1\r\n", "a", { y: "2" }, "[a]\r\nx = 1\r\ny = 2\r\n"],
    ["CRLF, a new section", "[a]\r\n", "b", { y: "2" }, "[a]\r\n\r\n[b]\r\ny = 2\r\n"],
    ["lone CR", "[a]\rx = 1\r[b]\r", "a", { x: "2", y: "3" }, "[a]\rx = 2\ry = 3\r[b]\r"],
    ["lone CR, a new section", "[a]\rx = 1", "b", { y: "2" }, "[a]\rx = 1\r\r[b]\ry = 2\r"],
    [
      "mixed: that of the line before",
      "[a]\nx = 1\r\n",
      "a",
      { y: "2" },
      "[a]\nx = 1\r\ny = 2\r\n",
    ],
    ["none at the end, a value", "[a]\nx = 1", "a", { x: "2" }, "[a]\nx = 2"],
    ["none at the end, a new key", "[a]\nx = 1", "a", { y: "2" }, "[a]\nx = 1\ny = 2\n"],
    ["none at the end, CRLF before", "[a]\r\nx = 1", "a", { y: "2" }, "[a]\r\nx = 1\r\ny = 2\r\n"],
    ["none at the end, a key less", "[a]\nx = 1\ny = 2", "a", { y: null }, "[a]\nx = 1\n"],
    ["none at the end, a new section", "[a]\nx = 1", "b", { y: "2" }, "[a]\nx = 1\n\n[b]\ny = 2\n"],
    ["none but one header", "[a]", "a", { x: "1" }, "[a]\nx = 1\n"],
    ["none, in another section", "[a]\n[b]\nx = 1", "a", { y: "2" }, "[a]\ny = 2\n[b]\nx = 1"],
    ["none behind a comment", "[a]\nx = 1\n# c", "a", { y: "2" }, "[a]\nx = 1\ny = 2\n# c"],
    [
      "what ends a line for Python's splitlines alone",
      "[a]\nx = 1\u20282\u000b3\n",
      "a",
      { y: "2" },
      "[a]\nx = 1\u20282\u000b3\ny = 2\n",
    ],
  ])("%s", edits);
});

describe("white space and spelling", () => {
  it.each<Case>([
    ["tabs", "[a]\nx\t=\t1\t\n", "a", { x: "2" }, "[a]\nx\t=\t2\t\n"],
    ["no spaces", "[a]\nx=1\n", "a", { x: "2" }, "[a]\nx=2\n"],
    ["a colon", "[a]\nx: 1\n", "a", { x: "2" }, "[a]\nx: 2\n"],
    ["a colon before =", "[a]\nx:1=1\n", "a", { x: "2" }, "[a]\nx:2\n"],
    ["= before a colon", "[a]\nx =1:1\n", "a", { x: "2" }, "[a]\nx =2\n"],
    ["a value with both", "[a]\nx = 1\n", "a", { x: "a=b:c" }, "[a]\nx = a=b:c\n"],
    ["a value like its key", "[a]\nx = x\n", "a", { x: "y" }, "[a]\nx = y\n"],
    ["a value like a pattern", "[a]\nx = 1\n", "a", { x: "$&$1" }, "[a]\nx = $&$1\n"],
    ["odd key case", "[a]\nAWS_Key = 1\n", "a", { aws_key: "2" }, "[a]\nAWS_Key = 2\n"],
    [
      "wide spaces",
      "[a]\nx\u00a0=\u20031\u00a0\n",
      "a",
      { x: "2" },
      "[a]\nx\u00a0=\u20032\u00a0\n",
    ],
    [
      "trailing white space",
      "[a]  \nx = 1  \n",
      "a",
      { x: "2", y: "3" },
      "[a]  \nx = 2  \ny = 3\n",
    ],
    ["indented keys", "[a]\n  x = 1\n", "a", { x: "2", y: "3" }, "[a]\n  x = 2\n  y = 3\n"],
    [
      "keys less and less indented",
      "[a]\n\t\tx = 1\n\ty = 2\n",
      "a",
      { y: null, z: "3" },
      "[a]\n\t\tx = 1\n\t\tz = 3\n",
    ],
    ["an indented header", "  [a]\nx = 1\n", "a", { y: "2" }, "  [a]\nx = 1\ny = 2\n"],
    [
      "an indented header behind an empty section",
      "[a]\n  [b]\nx = 1\n",
      "a",
      { y: "2" },
      "[a]\n  y = 2\n  [b]\nx = 1\n",
    ],
    [
      "an indented header behind a section that is emptied",
      "[a]\n    x = 1\n  [b]\n",
      "a",
      { x: null, y: "2" },
      "[a]\n  y = 2\n  [b]\n",
    ],
    [
      "a header as indented as the key before",
      "[a]\n  x = 1\n  [b]\n",
      "a",
      { y: "2" },
      "[a]\n  x = 1\n  y = 2\n  [b]\n",
    ],
    [
      "an indented comment",
      "[a]\nx = 1\n    # c\n",
      "a",
      { y: "2" },
      "[a]\nx = 1\ny = 2\n    # c\n",
    ],
    ["a NUL", "[a]\nx = 1\0\n", "a", { y: "2" }, "[a]\nx = 1\0\ny = 2\n"],
  ])("%s", edits);
});

describe("empty values", () => {
  it.each<Case>([
    ["with spaces", "[a]\nx = \n", "a", { x: "1" }, "[a]\nx = 1\n"],
    ["with a space before", "[a]\nx =\n", "a", { x: "1" }, "[a]\nx = 1\n"],
    ["without", "[a]\nx=\n", "a", { x: "1" }, "[a]\nx=1\n"],
    ["with a colon", "[a]\nx:\n", "a", { x: "1" }, "[a]\nx:1\n"],
    ["at the end", "[a]\nx=", "a", { x: "1" }, "[a]\nx=1"],
    ["with CRLF", "[a]\r\nx =\r\n", "a", { x: "1" }, "[a]\r\nx = 1\r\n"],
    ["stay empty", "[a]\nx =\n", "a", { x: "" }, "[a]\nx =\n"],
    ["become empty", "[a]\nx = 1\n", "a", { x: "" }, "[a]\nx = \n"],
    ["anew", "[a]\n", "a", { x: "" }, "[a]\nx = \n"],
  ])("%s", edits);
});

describe("values of several lines", () => {
  const nested = "[a]\ns3 =\n  x = 1\n  # c\n\n  y = 2\nz = 3\n";
  it.each<Case>([
    ["nested, elsewhere", nested, "a", { z: "4" }, nested.replace("z = 3", "z = 4")],
    ["nested, a key of its name", nested, "a", { x: "4" }, `${nested}x = 4\n`],
    ["nested, replaced", nested, "a", { s3: "v" }, "[a]\ns3 = v\n  # c\n\nz = 3\n"],
    ["nested, taken out", nested, "a", { s3: null }, "[a]\n  # c\n\nz = 3\n"],
    [
      "nested, the last one",
      "[a]\ns3 =\n  x = 1\n",
      "a",
      { y: "2" },
      "[a]\ns3 =\n  x = 1\ny = 2\n",
    ],
    ["nested, the section's end", "[a]\ns3 =\n  x = 1", "a", { s3: null }, "[a]\n"],
    [
      "continued, replaced",
      "[a]\nx = 1\n  2\n\t3\ny = 4\n",
      "a",
      { x: "5" },
      "[a]\nx = 5\ny = 4\n",
    ],
    ["continued, taken out", "[a]\nx = 1\n  2\ny = 4\n", "a", { x: null }, "[a]\ny = 4\n"],
    [
      "continued by what looks like a header",
      "[a]\nx = 1\n  [b]\n",
      "a",
      { x: "2" },
      "[a]\nx = 2\n",
    ],
    [
      "no section there",
      "[a]\nx = 1\n  [b]\n",
      "b",
      { y: "2" },
      "[a]\nx = 1\n  [b]\n\n[b]\ny = 2\n",
    ],
    [
      "a new key behind",
      "[a]\nx = 1\n\n  2\n\n[b]\n",
      "a",
      { y: "3" },
      "[a]\nx = 1\n\n  2\ny = 3\n\n[b]\n",
    ],
    ["kept as they are", "[a]\nx = 1\n  2\n", "a", { x: "1\n2" }, "[a]\nx = 1\n  2\n"],
  ])("%s", edits);
});

describe("new sections", () => {
  it.each<Case>([
    ["in an empty file", "", "a", { x: "1" }, "[a]\nx = 1\n"],
    ["behind a comment", "# c", "a", { x: "1" }, "# c\n\n[a]\nx = 1\n"],
    ["behind a blank line", "[a]\n\n", "b", { x: "1" }, "[a]\n\n[b]\nx = 1\n"],
    ["behind white space", "[a]\n  ", "b", { x: "1" }, "[a]\n  \n[b]\nx = 1\n"],
    ["in a file of white space", " \n", "a", { x: "1" }, " \n[a]\nx = 1\n"],
    ["behind an indented value", "[a]\n  x = 1\n", "b", { y: "2" }, "[a]\n  x = 1\n\n[b]\ny = 2\n"],
    ["none without keys", "[a]\n", "b", { x: null }, "[a]\n"],
    ["none at all", "[a]\n", "b", {}, "[a]\n"],
    ["without what is to be taken out", "", "b", { x: null, y: "1" }, "[b]\ny = 1\n"],
    ["case matters", "[a]\nx = 1\n", "A", { x: "2" }, "[a]\nx = 1\n\n[A]\nx = 2\n"],
    ["and so does white space", "[ a ]\nx = 1\n", "a", { x: "2" }, "[ a ]\nx = 1\n\n[a]\nx = 2\n"],
  ])("%s", edits);
});

describe("what all sections inherit", () => {
  it.each<Case>([
    [
      "stands in between",
      "[a]\nx = 1\n[DEFAULT]\nx = 0\n[b]\n",
      "a",
      { y: "2" },
      "[a]\nx = 1\ny = 2\n[DEFAULT]\nx = 0\n[b]\n",
    ],
    [
      "is no key of the section",
      "[DEFAULT]\nx = 0\n[a]\n",
      "a",
      { x: null },
      "[DEFAULT]\nx = 0\n[a]\n",
    ],
    ["is overridden", "[DEFAULT]\nx = 0\n[a]\n", "a", { x: "1" }, "[DEFAULT]\nx = 0\n[a]\nx = 1\n"],
    [
      "is overridden by the same",
      "[DEFAULT]\nx = 0\n[a]\n",
      "a",
      { x: "0" },
      "[DEFAULT]\nx = 0\n[a]\nx = 0\n",
    ],
    [
      "may stand there twice",
      "[DEFAULT]\nx = 0\n[a]\n[DEFAULT]\ny = 0\n",
      "a",
      { x: "1" },
      "[DEFAULT]\nx = 0\n[a]\nx = 1\n[DEFAULT]\ny = 0\n",
    ],
    [
      "comes last",
      "[a]\n[DEFAULT]\nx = 0",
      "b",
      { x: "1" },
      "[a]\n[DEFAULT]\nx = 0\n\n[b]\nx = 1\n",
    ],
  ])("%s", edits);
});

describe("names of sections", () => {
  it.each([
    "dev",
    "my dev",
    "Ünï",
    "名前 😀",
    "profile x",
    "a]b",
    "[a",
    "a]",
    "#a",
    " a ",
    "\u00a0",
    "__proto__",
    "default",
    "Default",
    "a=b:c",
    "\ufeffa",
    "\u2028",
  ])("%j", (name) => {
    expect(sectionNameFault(name)).toBeUndefined();
    expect(editSection("# c\n", name, changesFrom({ x: "1" }))).toBe(`# c\n\n[${name}]\nx = 1\n`);
    const there = `[${name}]\nx = 1\n[b]\nx = 1\n`;
    expect(editSection(there, name, changesFrom({ x: "2" }))).toBe(there.replace("1", "2"));
  });
});

describe("what would change more than it should is not done", () => {
  it.each<[what: string, before: string, section: string, changes: Changes]>([
    ["a section without a name", "", "", { x: "1" }],
    ["[DEFAULT]", "[a]\n", "DEFAULT", { x: "1" }],
    ["a name that ends a line", "[a]\n", "b]\n[c", { x: "1" }],
    ["a value that ends a line", "[a]\nx = 1\n", "a", { x: "1\ny = 2" }],
    ["a value that ends a line as on old Macs", "[a]\n", "a", { x: "1\r  2" }],
    ["a value with white space around", "[a]\nx = 1\n", "a", { x: " 2 " }],
    ["a key in upper case", "[a]\n", "a", { X: "1" }],
    ["a key with a separator", "[a]\n", "a", { "x=y": "1" }],
    ["a key that is a comment", "[a]\n", "a", { "#x": "1" }],
    ["a key that is empty", "[a]\n", "a", { "": "1" }],
    ["a key that is a header", "[a]\n", "a", { "[b]": "1" }],
    ["a key that would go on with the value before", "[a]\n", "a", { x: "1", " y": "2" }],
  ])("%s", (_what, before, section, changes) => {
    expect(() => editSection(before, section, changesFrom(changes))).toThrow();
  });
});

describe("what the AWS CLI cannot read is not edited", () => {
  it.each<[text: string, line: number, reason: string]>([
    ["\ufeff[a]\nx = 1\n", 1, "a byte order mark before the first [section]"],
    ["\ufeff# c\n[a]\n", 1, "a byte order mark before the first [section]"],
    ["[b]\n[a]\nx = 1\n[b]\n", 4, "the section of line 1 once more"],
    ["[a]\nx = 1\n[b]\ny = 1\nY: 2\n", 5, "the key of line 4 once more"],
    ["[a]\r\nx = 1\r\nsecret\r\n", 3, 'a line without "="'],
    ["x = 1\n", 1, "no [section] before the first line"],
    ["[b]\n= 1\n", 2, 'no key before "="'],
    ["[b]\ny =\n  z\n", 2, 'a nested line without "="'],
  ])("%j", (text, line, reason) => {
    for (const section of ["a", "b", "new"]) {
      const edit = (): unknown => editSection(text, section, changesFrom({ x: "2" }));
      expect(edit).toThrow(IniSyntaxError);
      expect(edit).toThrow(expect.objectContaining({ line, message: reason }));
    }
  });
});

test("a line that makes [DEFAULT] unreadable as soon as a section inherits it", () => {
  const text = "[DEFAULT]\nx =\n  broken\n[a]\nx = 1\n";
  expect(editSection(text, "a", changesFrom({ y: "2" }))).toBe(`${text}y = 2\n`);
  for (const [section, changes] of [
    ["a", { x: null }],
    ["b", { y: "2" }],
  ] as const) {
    expect(() => editSection(text, section, changesFrom(changes))).toThrow(
      expect.objectContaining({ line: 2 }),
    );
  }
});

function edits(_what: string, before: string, section: string, changes: Changes, after: string) {
  const edit = (text: string): string => editSection(text, section, changesFrom(changes));
  expect(edit(before)).toBe(after);
  expect(edit(after), "once more").toBe(after);
}

/** A null takes the key out. */
function changesFrom(changes: Changes): SectionChanges {
  return new Map(Object.entries(changes).map(([key, value]) => [key, value ?? undefined]));
}

test("several sections at one go are what one after the other would be", () => {
  const text = "[DEFAULT]\nd = 0\n[a]\nx = 1\n  more\n[b]\n# kept\n\n  [c]\nx = 1\ny = 2";
  const edits = new Map(
    ["c", "new", "a", "b", "newer"].map((name, index) => {
      const changes = [
        ["x", String(index)],
        ["y", undefined],
        ["z", name],
      ] as const;
      return [name, new Map(changes)];
    }),
  );
  const oneByOne = [...edits].reduce(
    (edited, [name, changes]) => editSection(edited, name, changes),
    text,
  );
  expect(editSections(text, edits)).toBe(oneByOne);
  expect(oneByOne).toBe(
    "[DEFAULT]\nd = 0\n[a]\nx = 2\nz = a\n[b]\n  x = 3\n  z = b\n# kept\n\n  [c]\nx = 0\nz = c\n\n[new]\nx = 1\nz = new\n\n[newer]\nx = 4\nz = newer\n",
  );
});
