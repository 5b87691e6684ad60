import { beforeAll, describe, expect, it } from "vitest";
import {
  configSection,
  profileHeader,
  sectionNameFault,
  splitShellWords,
} from "../../../src/core/aws-files/section-name.ts";
import { python } from "../../support/commands.ts";
import { run } from "../../support/run.ts";

describe("configSection", () => {
  it.each([
    ["profile dev", "profile", "dev"],
    ["profile  dev", "profile", "dev"],
    ["profile\tdev ", "profile", "dev"],
    ['profile "my dev"', "profile", "my dev"],
    ["profile 'my dev'", "profile", "my dev"],
    ["profile my\\ dev", "profile", "my dev"],
    ["profile Ünï", "profile", "Ünï"],
    ["profile a]b", "profile", "a]b"],
    ['profile ""', "profile", ""],
    ["profile default", "profile", "default"],
    ["profilex dev", "profile", "dev"],
    ["default", "profile", "default"],
    ["services local", "services", "local"],
    ['services "my local"', "services", "my local"],
    ["profile my dev", "other", undefined],
    ["profile", "other", undefined],
    ["profile ", "other", undefined],
    ['profile "dev', "other", undefined],
    ["profile dev\\", "other", undefined],
    ["profile\u00a0dev", "other", undefined],
    ["Profile dev", "other", undefined],
    [" profile dev", "other", undefined],
    ["default ", "other", undefined],
    ["Default", "other", undefined],
    ["dev", "other", undefined],
    ["sso-session corp", "other", undefined],
    ["services", "other", undefined],
    ["preview", "other", undefined],
    ["plugins", "other", undefined],
    ["", "other", undefined],
  ])("%j: %s %j", (header, kind, name) => {
    expect(configSection(header)).toEqual(name === undefined ? { kind } : { kind, name });
  });
});

// What the AWS CLI makes of these headers is asked in test/aws/files/edit-config.test.ts.
describe("profileHeader", () => {
  it.each([
    ["default", "default"],
    ["dev-mfa", "profile dev-mfa"],
    ["my dev", "profile 'my dev'"],
    ["it's", `profile 'it'"'"'s'`],
    ["it's me", `profile 'it'"'"'s me'`],
    ['a"b', `profile 'a"b'`],
    ["a\\b", "profile 'a\\b'"],
    ["ünï 名 😀", "profile 'ünï 名 😀'"],
    ["ünï", "profile ünï"],
    ["a\u00a0b", "profile a\u00a0b"],
    ["a]b", "profile a]b"],
    ["]", "profile ]"],
    ["[a", "profile [a"],
    ["a#b", "profile a#b"],
    ["# a ;b", "profile '# a ;b'"],
    [" ", "profile ' '"],
    ["profile", "profile profile"],
    ["-p", "profile -p"],
    ["$x", "profile $x"],
  ])("%j: [%s]", (name, header) => {
    expect(profileHeader(name)).toBe(header);
    expect(configSection(header)).toEqual({ kind: "profile", name });
  });
});

// The names that a section can have are tried in edit-sections.test.ts.
describe("sectionNameFault", () => {
  it.each([
    ["", "it is empty"],
    ["DEFAULT", "[DEFAULT] is what all sections inherit"],
    ["a\nb", "it holds a control character"],
    ["a\rb", "it holds a control character"],
    ["a\0b", "it holds a control character"],
    ["a\x7fb", "it holds a control character"],
    ["a\x85b", "it holds a control character"],
    ["\x1b[31m", "it holds a control character"],
    ["a\ud83d", "it is no text"],
  ])("%j: %s", (name, fault) => {
    expect(sectionNameFault(name)).toBe(fault);
  });
});

describe("splitShellWords", () => {
  const cases: readonly [text: string, words: string[] | undefined][] = [
    ["", []],
    ["   ", []],
    ["a", ["a"]],
    [" a  b\tc\rd\ne ", ["a", "b", "c", "d", "e"]],
    ["a\u00a0b\u000bc\u2003d", ["a\u00a0b\u000bc\u2003d"]],
    ["'a b' \"c d\"", ["a b", "c d"]],
    ["''", [""]],
    ['a "" b', ["a", "", "b"]],
    ["a''", ["a"]],
    ["a'b'\"c\"d", ["abcd"]],
    [`"it's"`, ["it's"]],
    [`'say "x"'`, [`say "x"`]],
    ["a\\ b", ["a b"]],
    ["\\a\\\\\\'", ["a\\'"]],
    ["\\", undefined],
    ["a\\", undefined],
    ['"a\\"b"', ['a"b']],
    ['"a\\\\b"', ["a\\b"]],
    ['"a\\b\\$"', ["a\\b\\$"]],
    ['"a\\\'b"', ["a\\'b"]],
    ["'a\\b'", ["a\\b"]],
    ["'a\\'", ["a\\"]],
    ["'a", undefined],
    ['a"b', undefined],
    ['"a\\"', undefined],
    ['"a\\', undefined],
    ["it's", undefined],
    ["a # b", ["a", "#", "b"]],
    ["a;b|c>d&e", ["a;b|c>d&e"]],
    ["Ü 名 😀", ["Ü", "名", "😀"]],
    ["\\😀 '😀'", ["😀", "😀"]],
    ["a\0b", ["a\0b"]],
  ];
  const script = `
import json, shlex, sys
def split(text):
    try:
        return shlex.split(text)
    except ValueError:
        return None
json.dump([split(text) for text in json.load(sys.stdin)], sys.stdout)`;
  let byPython: (string[] | null)[];

  beforeAll(async () => {
    const stdin = JSON.stringify(cases.map(([text]) => text));
    const { stdout } = await run(python, ["-c", script], { env: { PYTHONUTF8: "1" }, stdin });
    byPython = JSON.parse(stdout) as (string[] | null)[];
  });

  it.each(cases)("%j: %j", (text, words) => {
    expect(splitShellWords(text)).toEqual(words);
  });

  it("and Python's shlex agrees with this table", () => {
    expect(byPython).toEqual(cases.map(([, words]) => words ?? null));
  });
});
