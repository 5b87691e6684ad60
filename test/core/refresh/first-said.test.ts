import { expect, it } from "vitest";
import { firstSaid } from "../../../src/core/refresh/first-said.ts";

it.each<[settings: Record<string, string | undefined>, said: string | undefined, why?: string]>([
  [{}, undefined],
  [{ "--a": "1", A: "2", a: "3" }, "--a 1"],
  [{ "--a": undefined, A: "2", a: "3" }, "A 2"],
  [{ "--a": undefined, A: undefined, a: "3" }, "a 3"],
  [{ "--a": "", A: "", a: "3" }, "a 3", "an empty one says nothing"],
  [{ "--a": "", A: "" }, undefined],
  [{ "--a": "0", A: "2" }, "--a 0", "but zero is a word"],
  [{ "--a": " ", A: "2" }, "--a  "],
])("%j: %s", (settings, said) => {
  const found = firstSaid(settings);
  expect(found && `${found.setting} ${found.value}`).toBe(said);
});
