import { expect, it } from "vitest";
import { fnv1a } from "../../../src/core/session/fnv1a.ts";

// Those of ASCII are the vectors of http://www.isthe.com/chongo/src/fnv/test_fnv.c.
it.each<[text: string, hash: string, why?: string]>([
  ["", "811c9dc5"],
  ["a", "e40c292c"],
  ["b", "e70c2de5"],
  ["c", "e60c2c52"],
  ["foo", "a9f37ed7"],
  ["foob", "3f5076ef"],
  ["fooba", "39aaa18a"],
  ["foobar", "bf9cf968"],
  ["chongo was here!\n", "d49930d5"],
  ["\0", "050c5d1f", "the first zero counts, too"],
  ["é", "6c0b6c44", "a UTF-16 unit, not two bytes"],
  ["éé", "c2fc1457"],
])("%j: %s", (text, hash) => {
  expect(fnv1a(text)).toBe(hash);
});

it("is always eight digits, and another one for each of these", () => {
  const hashes = Array.from({ length: 5000 }, (_, index) => fnv1a(`role ${index}`));
  for (const hash of hashes) expect(hash).toMatch(/^[0-9a-f]{8}$/);
  expect(new Set(hashes).size).toBe(hashes.length);
});
