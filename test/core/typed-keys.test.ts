import { expect, test } from "vitest";
import { keysIn, typedLine } from "../../src/core/typed-keys.ts";

/** The line that is left of what was typed, and the keys that are none of a line. */
function type(text: string): { line: string; others: string[] } {
  let line = "";
  const others: string[] = [];
  for (const key of keysIn(text)) {
    const after = typedLine(line, key);
    if (key.kind === "signal") others.push(key.signal);
    else if (key.kind === "enter" || key.kind === "end-of-input") others.push(key.kind);
    line = after;
  }
  return { line, others };
}

test.each([
  ["letters", "abc", "abc"],
  ["beyond the basic plane", "a𝒳b", "a𝒳b"],
  ["backspace", "abc\x7f\b", "a"],
  ["backspace takes a whole letter", "a𝒳\x7f", "a"],
  ["backspace on nothing", "\x7fa", "a"],
  ["^W", "one two  \x17", "one "],
  ["^W on the first word", "one\x17", ""],
  ["^U", "one two\x15x", "x"],
  ["arrow and function keys", "a\x1b[D\x1b[1;5C\x1bOPb", "ab"],
  ["Alt and a letter", "a\x1bbc", "ac"],
  ["marks around what is pasted", "\x1b[200~pasted\x1b[201~", "pasted"],
  ["a lone Escape at the end", "a\x1b", "a"],
  ["tabs and other control characters", "a\t\x00\x01\x1d\u0085\u2028b", "ab"],
])("%s: %j", (_name, typed, line) => {
  expect(type(typed)).toEqual({ line, others: [] });
});

test.each([
  ["\r", ["enter"]],
  ["\n", ["enter"]],
  ["\r\n", ["enter"]],
  ["\n\r", ["enter", "enter"]],
  ["\r\r", ["enter", "enter"]],
  ["\x04", ["end-of-input"]],
  ["\x03\x1a\x1c", ["SIGINT", "SIGTSTP", "SIGQUIT"]],
])("%j: %j", (typed, others) => {
  expect(type(typed)).toEqual({ line: "", others });
});
