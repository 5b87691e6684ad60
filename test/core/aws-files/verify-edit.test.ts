import { expect, test } from "vitest";
import { parseIni } from "../../../src/core/aws-files/ini.ts";
import { verifyEdit } from "../../../src/core/aws-files/verify-edit.ts";

const before = "[DEFAULT]\nd = 0\n[a]\nx = 1\ny = 2\n[b]\nx = 1\n";
const changes = new Map([
  ["x", "new"],
  ["y", undefined],
]);

// The edit sets x of [a] and takes its y out.
test.each<[what: string, after: string, isFine: boolean]>([
  ["as it should be", "[DEFAULT]\nd = 0\n[a]\nx = new\n[b]\nx = 1\n", true],
  ["in another form", "[b]\nX:1\n[a]\nx=new\n[DEFAULT]\nd=0", true],
  ["nothing done", before, false],
  ["not taken out", "[DEFAULT]\nd = 0\n[a]\nx = new\ny = 2\n[b]\nx = 1\n", false],
  ["another key lost", "[DEFAULT]\nd = 0\n[a]\nx = new\n[b]\n", false],
  ["another key changed", "[DEFAULT]\nd = 0\n[a]\nx = new\n[b]\nx = new\n", false],
  ["a key too many", "[DEFAULT]\nd = 0\n[a]\nx = new\n[b]\nx = 1\nz = 1\n", false],
  ["a key too many in the section", "[DEFAULT]\nd = 0\n[a]\nx = new\nz = 1\n[b]\nx = 1\n", false],
  ["a section lost", "[DEFAULT]\nd = 0\n[a]\nx = new\n", false],
  ["a section too many", "[DEFAULT]\nd = 0\n[a]\nx = new\n[b]\nx = 1\n[c]\n", false],
  ["a section of another name", "[DEFAULT]\nd = 0\n[a]\nx = new\n[c]\nx = 1\n", false],
  ["what is inherited lost", "[DEFAULT]\n[a]\nx = new\n[b]\nx = 1\n", false],
  ["what is inherited changed", "[DEFAULT]\nd = 1\n[a]\nx = new\n[b]\nx = 1\n", false],
])("%s", (_what, after, isFine) => {
  const verify = (): void =>
    verifyEdit(parseIni(before), parseIni(after), new Map([["a", changes]]));
  if (isFine) verify();
  else expect(verify).toThrow("an edit of the AWS file would have changed more than it should");
});

test.each<[what: string, after: string, value: string | undefined, isFine: boolean]>([
  ["a new section", "[a]\n[new]\nx = 1\n", "1", true],
  ["a new section that is missing", "[a]\n", "1", false],
  ["no section for nothing", "[a]\n", undefined, true],
  ["a section for nothing", "[a]\n[new]\n", undefined, false],
])("%s", (_what, after, value, isFine) => {
  const wanted = new Map([["x", value]]);
  const verify = (): void =>
    verifyEdit(parseIni("[a]\n"), parseIni(after), new Map([["new", wanted]]));
  if (isFine) verify();
  else expect(verify).toThrow();
});
