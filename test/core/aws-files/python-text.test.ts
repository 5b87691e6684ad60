import { describe, expect, it } from "vitest";
import { splitLines, strip, stripEnd } from "../../../src/core/aws-files/python-text.ts";
import { python } from "../../support/commands.ts";
import { run } from "../../support/run.ts";

describe("strip and stripEnd", () => {
  it.each([
    ["", "", ""],
    ["x", "x", "x"],
    [" x ", "x", " x"],
    ["\t\n\v\f\r x\t\n\v\f\r ", "x", "\t\n\v\f\r x"],
    ["   ", "", ""],
    [" a b ", "a b", " a b"],
    ["\u00a0x\u00a0", "x", "\u00a0x"],
    ["\u0085x\u0085", "x", "\u0085x"],
    ["\u001cx\u001f", "x", "\u001cx"],
    ["\u3000x\u2028", "x", "\u3000x"],
    ["\ufeffx\ufeff", "\ufeffx\ufeff", "\ufeffx\ufeff"],
    ["\u200bx\u180e", "\u200bx\u180e", "\u200bx\u180e"],
    ["\0 x \0", "\0 x \0", "\0 x \0"],
    [" é ", "é", " é"],
    [" 😀 ", "😀", " 😀"],
  ])("%j: %j, %j", (text, both, end) => {
    expect(strip(text)).toBe(both);
    expect(stripEnd(text)).toBe(end);
  });
});

describe("splitLines", () => {
  it.each([
    ["", [""]],
    ["a", ["a"]],
    ["a\nb", ["a", "b"]],
    ["a\r\nb\rc", ["a", "b", "c"]],
    ["a\n\nb", ["a", "", "b"]],
    ["a\vb\fc", ["a", "b", "c"]],
    ["a\u001cb\u001dc\u001ed", ["a", "b", "c", "d"]],
    ["a\u001fb\u00a0c", ["a\u001fb\u00a0c"]],
    ["a\u0085b\u2028c\u2029d", ["a", "b", "c", "d"]],
  ])("%j: %j", (text, lines) => {
    expect(splitLines(text)).toEqual(lines);
  });
});

it("Python agrees about every character of the basic plane", async () => {
  const script = `
characters = [chr(code) for code in range(0x10000)]
print([ord(c) for c in characters if c.isspace()], [ord(c) for c in characters if len(f"a{c}b".splitlines()) > 1], sep=";")`;
  const { stdout } = await run(python, ["-c", script], { env: {} });
  const [spaces, lineEnds] = stdout.split(";").map((list) => JSON.parse(list) as number[]);
  const codes = Array.from({ length: 0x10000 }, (_, code) => code);
  expect(codes.filter((code) => strip(String.fromCharCode(code)) === "")).toEqual(spaces);
  expect(codes.filter((code) => splitLines(`a${String.fromCharCode(code)}b`).length > 1)).toEqual(
    lineEnds,
  );
});
