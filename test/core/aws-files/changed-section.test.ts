import { expect, it } from "vitest";
import { refuseChangedSections } from "../../../src/core/aws-files/changed-section.ts";
import { parseIni, type IniDocument } from "../../../src/core/aws-files/ini.ts";

const documentOf = (words: string): IniDocument => parseIni(words.replaceAll(" ", "\n"));

it.each<[now: string, isChanged: boolean, why?: string]>([
  ["[a] x=1 y=2 [b] z=3", false],
  ["[b] z=3 [c] y=1 [a] y=2 x=1", false, "other places, and another section"],
  ["[a] x=1 y=2 [b] z=4", false, "not of those that are asked for"],
  ["[a] x=1 y=3", true],
  ["[a] x=1", true],
  ["[a] x=1 z=2", true],
  ["[a] x=1 y=2 mfa_serial=PHONE", true],
  ["[b] z=3", true, "it is gone"],
  ["", true],
])("%s: %j", (now, isChanged) => {
  const before = documentOf("[a] x=1 y=2 [b] z=3");
  const check = (): void => refuseChangedSections("/f", ["a"], before, documentOf(now));
  if (!isChanged) check();
  else {
    expect(check).toThrow(
      expect.objectContaining({
        exitCode: 253,
        message: "[a] of /f has changed meanwhile: nothing was written.",
      }),
    );
  }
});
