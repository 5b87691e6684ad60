import { expect, it } from "vitest";
import { parseCode } from "../../src/core/code.ts";

it.each<[string, string | undefined, string?]>([
  ["123456", "123456"],
  ["000000", "000000", "leading zeros stay"],
  ["012345", "012345"],
  ["123 456", "123456", "as the applications show it"],
  [" 123456 ", "123456"],
  ["1 2 3 4 5 6", "123456"],
  ["123456\n", "123456", "a program's output"],
  ["123456\r\n", "123456"],
  ["\t123\t456", "123456"],
  ["123\u00a0456", "123456", "copied from a web page"],
  ["123\u202f456", "123456"],
  ["", undefined],
  [" ", undefined],
  ["12345", undefined],
  ["1234567", undefined],
  ["123456 7", undefined],
  ["12345a", undefined],
  ["123-456", undefined],
  ["+12345", undefined],
  ["-12345", undefined],
  ["12.456", undefined],
  ["1e5000", undefined],
  ["0x1234", undefined],
  ["123456\u0000", undefined],
  ["\u001b[A123456", undefined, "an arrow key"],
  ["１２３４５６", undefined, "full-width digits"],
  ["١٢٣٤٥٦", undefined, "Arabic digits"],
  ["123456\n654321", undefined, "two codes are none"],
  ["code: 123456", undefined],
  ["cccccbgtjvkd", undefined, "a YubiKey touched by mistake"],
])("%j is %j", (text, code) => {
  expect(parseCode(text)).toBe(code);
});
