import { expect, it } from "vitest";
import { quotedWord, shellWord } from "../../src/core/shell-word.ts";

it.each([
  ["dev-long_term.2", "dev-long_term.2"],
  ["arn:aws:iam::123456789012:role/a+b,c@d%", "arn:aws:iam::123456789012:role/a+b,c@d%"],
  ["", "''"],
  ["my dev", "'my dev'"],
  ["~", "'~'"],
  ["a=b", "'a=b'"],
  ["$HOME", "'$HOME'"],
  ["dev's", String.raw`'dev'\''s'`],
  ["über", "'über'"],
])("%j is typed as %s", (text, typed) => {
  expect(shellWord(text)).toBe(typed);
});

it("a word may be quoted in any case", () => {
  expect(quotedWord("dev")).toBe("'dev'");
});
