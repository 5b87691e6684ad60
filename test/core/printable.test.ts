import { describe, expect, it } from "vitest";
import { lastFour, printable } from "../../src/core/printable.ts";

describe("printable text", () => {
  it.each<[text: string, shown: string, why?: string]>([
    ["", ""],
    ["plain text, 100 % of it", "plain text, 100 % of it"],
    ["ünïcode ✓ 日本語", "ünïcode ✓ 日本語"],
    ["\u{1f511}", "\u{1f511}", "an emoji is one character"],
    ["e\u0301", "e\u0301", "an accent of its own"],
    ["a\nb", "a?b"],
    ["a\r\nb", "a??b"],
    ["a\tb", "a?b"],
    ["\u001b[31mred\u001b[0m", "?[31mred?[0m"],
    ["\u001b]0;title\u0007", "?]0;title?"],
    ["\u009b31m", "?31m", "the eight-bit form of the same"],
    ["a\bb", "a?b"],
    ["\u0000\u007f", "??"],
    ["\u202eevil", "?evil", "right to left"],
    ["\u2066a\u2069", "?a?"],
    ["a\u200bb\u200d", "a?b?", "no width"],
    ["\ufeffa", "?a", "a byte order mark"],
    ["a\u00adb", "a?b", "a soft hyphen"],
    ["a\u2028b\u2029", "a?b?"],
    ["\ue000", "?", "for private use"],
    ["\ud800", "?", "half a character"],
    ["\u{e0041}", "?", "a tag"],
  ])("%j", (text, shown) => {
    expect(printable(text)).toBe(shown);
  });
});

describe("the last four of a key id", () => {
  it.each<[id: string, shown: string]>([
    ["AKIAIOSFODNN7EXAMPLE", "…MPLE"],
    ["ABCDE", "…BCDE"],
    ["ABC", "…ABC"],
    ["", "…"],
    ["AKIA\u001b[2J", "…?[2J"],
  ])("%j: %s", (id, shown) => {
    expect(lastFour(id)).toBe(shown);
  });
});
