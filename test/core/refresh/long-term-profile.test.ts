import { expect, it } from "vitest";
import { parseIni } from "../../../src/core/aws-files/ini.ts";
import { profileFiles } from "../../../src/core/aws-files/profile.ts";
import { longTermBase, longTermProfile } from "../../../src/core/refresh/long-term-profile.ts";

const pair = "aws_access_key_id=AKIA\naws_secret_access_key=s\n";
const dev = { longTerm: "dev-long-term", shortTerm: "dev" };
const section = `[dev-long-term]\n${pair}`;

/** What sessions are asked for with, or the code of the refusal. */
function baseOf(credentials: string, config: string): string {
  const files = profileFiles(parseIni(config), parseIni(credentials));
  try {
    const base = longTermBase(longTermProfile(files, dev));
    return base.kind === "process" ? base.command : base.accessKeyId;
  } catch (error) {
    expect(error).toMatchObject({ exitCode: 253, message: expect.stringMatching(/dev-long-term/) });
    return (error as { code: string }).code;
  }
}

it.each<[what: string, credentials: string, config: string, found: string, why?: string]>([
  ["in the credentials file", section, "", "AKIA"],
  ["in the config file", "", `[profile dev-long-term]\n${pair}`, "AKIA"],
  ["there without the word", "", section, "NoLongTermSection", "as for the AWS CLI"],
  ["in both", section, "[profile dev-long-term]\naws_access_key_id=AKIB\n", "AKIA"],
  ["a program", "", "[profile dev-long-term]\ncredential_process=keys", "keys"],
  ["a program in the credentials file", "[dev-long-term]\ncredential_process=keys", "", "keys"],
  ["keys and a program", section, "[profile dev-long-term]\ncredential_process=keys", "AKIA"],
  ["nowhere", "", "", "NoLongTermSection"],
  ["under the target's name alone", "[dev]\n", "", "NoLongTermSection"],
  ["in another case", section.toUpperCase(), "", "NoLongTermSection"],
  ["empty", "[dev-long-term]\n", "", "NoLongTermKeys"],
  ["a device alone", "[dev-long-term]\naws_mfa_device=GAHT12345678", "", "NoLongTermKeys"],
  ["half a pair", "[dev-long-term]\naws_access_key_id=AKIA", "", "NoLongTermKeys"],
  [
    "an empty secret",
    "[dev-long-term]\naws_access_key_id=AKIA\naws_secret_access_key=",
    "",
    "NoLongTermKeys",
  ],
  ["temporary", `${section}aws_session_token=t`, "", "NoLongTermKeys"],
  ["temporary by the old name", `${section}aws_security_token=t`, "", "NoLongTermKeys"],
  ["what all inherit", `[DEFAULT]\n${pair}[dev-long-term]\n`, "", "AKIA"],
])("keys %s", (_what, credentials, config, found) => {
  expect(baseOf(credentials, config)).toBe(found);
});

it.each<[credentials: string, profile: string, hint: RegExp]>([
  [
    "",
    "dev",
    /^awsmfa refresh --setup asks for them\. --long-term-suffix names another section\.$/,
  ],
  [`[dev]\n${pair}`, "dev", /^They stand in \[dev\]: rename that to \[dev-long-term\], or/],
  [section, "dev-long-term", /^The profile's name is without that: --profile dev$/],
  [
    section,
    "dve",
    /^There is one for these profiles: dev\.\n {2}awsmfa refresh --setup asks for more\.$/,
  ],
  [`${section}[x-long-term]\n${pair}[y-long-term]\nregion=x\n`, "z", /these profiles: dev, x\.\n/],
])("%j without one for %s: %s", (credentials, profile, hint) => {
  const files = profileFiles(parseIni(""), parseIni(credentials));
  const sections = { longTerm: `${profile}-long-term`, shortTerm: profile };
  expect(() => longTermProfile(files, sections)).toThrow(
    expect.objectContaining({ hint: expect.stringMatching(hint) }),
  );
});

it("what is missing is named, with what to do", () => {
  const files = profileFiles(parseIni(""), parseIni(""));
  const odd = { longTerm: "a\u001bb-long-term", shortTerm: "a\u001bb" };
  expect(() => longTermProfile(files, odd)).toThrow(
    expect.objectContaining({
      message: "there is no section [a?b-long-term] with the long-term keys.",
      hint: expect.stringMatching(/--setup.*--long-term-suffix/),
    }),
  );
});
