import { expect, test } from "vitest";
import { powershell } from "../../src/shell/powershell.ts";
import { hostileValues } from "./hostile-values.ts";

test.each<[value: string, quoted: string]>([
  ["", "''"],
  ["a", "'a'"],
  ["a b ", "'a b '"],
  ["'", "''''"],
  ["''", "''''''"],
  ["it's", "'it''s'"],
  ["\u2018", "('' + [char]0x2018)"],
  ["it\u2019s", "('it' + [char]0x2019 + 's')"],
  ["\u201A\u201B", "('' + [char]0x201A + [char]0x201B)"],
  // Only double-quoted strings end at these.
  ["\u201C", "('' + [char]0x201C)"],
  ['"', `'"'`],
  ["`", "'`'"],
  ["`'", "'`'''"],
  ["$Env:PATH", "'$Env:PATH'"],
  ["$(calc)", "'$(calc)'"],
  ["@(1)", "'@(1)'"],
  ["; calc #", "'; calc #'"],
  ["\\", "'\\'"],
  ["%PATH%!", "'%PATH%!'"],
  ["a\nb", "('a' + [char]0xA + 'b')"],
  ["\r\n", "('' + [char]0xD + [char]0xA)"],
  ["\t", "('' + [char]0x9)"],
  ["café", "('caf' + [char]0xE9)"],
  ["😀", "('' + [char]0xD83D + [char]0xDE00)"],
])("%j is %s (not run: by its documented rules)", (value, quoted) => {
  expect(powershell.quote(value)).toBe(quoted);
});

test.each([
  [powershell.set("A", "it's"), "$Env:A = 'it''s';"],
  [powershell.set("A", ""), "$Env:A = '';"],
  [powershell.set("A", "é"), "$Env:A = ('' + [char]0xE9);"],
  [powershell.unset("A"), "$Env:A = $null;"],
  [powershell.fail(253), "throw 'awsmfa: exit code 253';"],
])("%s (not run: by its documented rules)", (statement, expected) => {
  expect(statement).toBe(expected);
});

/** What PowerShell makes of an expression of ours. */
function read(quoted: string): string {
  return quoted.replaceAll(
    /'((?:[^']|'')*)'|\[char\]0x([0-9A-F]+)|[()]| \+ /g,
    (_all, text, number) =>
      number === undefined
        ? String(text ?? "").replaceAll("''", "'")
        : String.fromCharCode(parseInt(String(number), 16)),
  );
}

test("every hostile value comes back (not run: by its documented rules)", () => {
  expect(hostileValues.map((value) => read(powershell.quote(value)))).toEqual(hostileValues);
});

test("a statement is one line of ASCII, so that no code page changes it", () => {
  // Of a Japanese console: the bytes of these two letters hold the quote that ends a string.
  expect(new TextDecoder("shift_jis").decode(Buffer.from("Áe"))).toContain("\u2018");
  const statements = hostileValues.map((value) => powershell.set("A", value));
  expect(statements.filter((statement) => !/^[ -~]+$/.test(statement))).toEqual([]);
});
