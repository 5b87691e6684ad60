import { describe, expect, it } from "vitest";
import { fit, shorten, wrap } from "../../src/cli/fit-text.ts";

describe("a name that is too wide loses its middle", () => {
  it.each<[text: string, width: number, short: string, why?: string]>([
    ["production", 10, "production"],
    ["production", 9, "prod…tion"],
    ["production", 8, "prod…ion"],
    ["production", 2, "p…"],
    ["production", 1, "…"],
    ["", 1, ""],
    ["日本語環境", 10, "日本語環境"],
    ["日本語環境", 9, "日本…環境"],
    ["日本語環境", 8, "日本…境"],
    ["日本語環境", 7, "日…環境", "a wide one does not fit into one column"],
    ["日本語環境", 2, "…"],
    ["e\u0301e\u0301e\u0301e\u0301", 3, "e\u0301…e\u0301", "accents stay with their letters"],
    ["👍👍👍", 5, "👍…👍"],
  ])("%s in %d columns: %s", (text, width, short) => {
    expect(shorten(text, width, { unicode: true })).toBe(short);
  });

  it("with an ASCII mark where there is nothing else", () => {
    expect(shorten("production", 9, { unicode: false })).toBe("prod~tion");
  });
});

it.each<[text: string, width: number, fitted: string]>([
  ["dev", 5, "dev  |"],
  ["日本", 5, "日本 |"],
  ["日本語", 5, "日…語|"],
  ["日本語", 4, "日… |"],
])("%s in exactly %d columns", (text, width, fitted) => {
  expect(`${fit(text, width, { unicode: true })}|`).toBe(fitted);
});

it.each<[text: string, width: number, wrapped: string]>([
  ["a short one", 20, "a short one"],
  ["a sentence that is longer", 14, "a sentence\n  that is\n  longer"],
  ["supercalifragilistic", 12, "supercalif\n  ragilistic"],
])("%s in lines of %d", (text, width, wrapped) => {
  expect(wrap(text, { width })).toBe(wrapped);
});
