import { describe, expect, it } from "vitest";
import { sectionNames } from "../../../src/core/refresh/section-names.ts";

type Suffix = string | undefined;

function namesOf(profile: string, longTerm: Suffix, shortTerm: Suffix) {
  return sectionNames(profile, { longTerm, shortTerm });
}

describe("the sections of a profile", () => {
  it.each<
    [profile: string, long: Suffix, short: Suffix, keys: string, target: string, why?: string]
  >([
    ["default", undefined, undefined, "default-long-term", "default"],
    ["dev", undefined, undefined, "dev-long-term", "dev"],
    ["dev", "keys", undefined, "dev-keys", "dev"],
    ["dev", undefined, "prod", "dev-long-term", "dev-prod"],
    ["dev", "keys", "prod", "dev-keys", "dev-prod"],
    ["dev", "none", "prod", "dev", "dev-prod"],
    ["dev", "keys", "none", "dev-keys", "dev"],
    ["dev", undefined, "none", "dev-long-term", "dev"],
    ["dev", "None", "prod", "dev", "dev-prod", "in any case"],
    ["dev", "NONE", "prod", "dev", "dev-prod"],
    ["dev", undefined, "nOnE", "dev-long-term", "dev"],
    ["dev", "", "", "dev-long-term", "dev", "an empty one is the usual one"],
    ["dev", "none ", "prod", "dev-none ", "dev-prod", "and not another word"],
    ["dev", undefined, "nonexistent", "dev-long-term", "dev-nonexistent"],
    ["dev", "long-term", "long", "dev-long-term", "dev-long"],
    ["none", undefined, undefined, "none-long-term", "none", "the name of a profile"],
    ["dev-long-term", undefined, undefined, "dev-long-term-long-term", "dev-long-term"],
    ["DEFAULT", undefined, "x", "DEFAULT-long-term", "DEFAULT-x"],
    ["g h", "é", "日本", "g h-é", "g h-日本"],
    ["a]b", undefined, undefined, "a]b-long-term", "a]b"],
  ])("%j with %j and %j: [%s] for [%s]", (profile, long, short, longTerm, shortTerm) => {
    expect(namesOf(profile, long, short)).toEqual({ longTerm, shortTerm });
  });
});

describe("sections that cannot be", () => {
  it.each<[profile: string, long: Suffix, short: Suffix, code: string, says: string]>([
    ["dev", "none", undefined, "SameSection", "in [dev]"],
    ["dev", "NONE", "None", "SameSection", "in [dev]"],
    ["dev", "none", "", "SameSection", "in [dev]"],
    ["dev", undefined, "long-term", "SameSection", "in [dev-long-term]"],
    ["dev", "", "long-term", "SameSection", "in [dev-long-term]"],
    ["dev", "x", "x", "SameSection", "in [dev-x]"],
    ["a\u200bb", "x", "x", "SameSection", "in [a?b-x]"],
    ["DEFAULT", undefined, undefined, "InvalidSectionName", '"DEFAULT" cannot'],
    ["DEFAULT", "none", "x", "InvalidSectionName", "what all sections inherit"],
    ["", undefined, undefined, "InvalidSectionName", "it is empty"],
    ["", "none", "x", "InvalidSectionName", "it is empty"],
    ["a\nb", undefined, undefined, "InvalidSectionName", '"a?b-long-term" cannot'],
    ["dev", "a\u001b[2J", undefined, "InvalidSectionName", '"dev-a?[2J" cannot'],
    ["dev", undefined, "a\r", "InvalidSectionName", '"dev-a?" cannot'],
    ["dev", undefined, "\u0085", "InvalidSectionName", "a control character"],
    ["dev", undefined, "\ud800", "InvalidSectionName", "it is no text"],
  ])("%j with %j and %j: %s", (profile, longTerm, shortTerm, code, says) => {
    const message = expect.stringContaining(says);
    const hint = expect.stringMatching(/^(Give --long-term-suffix and --short-term-suffix|Check)/);
    expect(() => namesOf(profile, longTerm, shortTerm)).toThrow(
      expect.objectContaining({ code, exitCode: 253, message, hint }),
    );
  });
});
