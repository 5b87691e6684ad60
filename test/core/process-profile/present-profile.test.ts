import { describe, expect, test } from "vitest";
import { parseIni } from "../../../src/core/aws-files/ini.ts";
import { profileFiles } from "../../../src/core/aws-files/profile.ts";
import { presenceOf, type FilesNow } from "../../../src/core/process-profile/present-profile.ts";
import { processProfile } from "../../../src/core/process-profile/process-profile.ts";
import { additionWords, usageWords } from "../../../src/core/process-profile/profile-words.ts";

const dev = "[profile dev]\nregion = eu-west-1\n";
const same =
  "region = eu-west-1\ncredential_process = node awsmfa credential-process --profile dev\n";

function filesOf(config: string, credentials: string): FilesNow {
  const file = (path: string, text: string) => ({ path, document: parseIni(text) });
  return { config: file("/config", config), credentials: file("/credentials", credentials) };
}

/** How much of `dev-mfa` is there, or why it cannot be. */
function outcome(config: string, credentials: string): string {
  const files = filesOf(dev + config, credentials);
  const source = profileFiles(files.config.document, files.credentials.document).find("dev")!;
  try {
    return presenceOf(processProfile(source, "dev-mfa", ["node", "awsmfa"]), files).kind;
  } catch (error) {
    return (error as Error).message;
  }
}

const inherited =
  "what [DEFAULT] of your AWS files says of keys or roles would hold for profile dev-mfa as well, and come first.";
const there = (header: string, keys: string): string =>
  `[${header}] of /config is there already, with another ${keys}.`;

describe("the profile that is wanted", () => {
  test.each<[what: string, config: string, credentials: string, outcome: string]>([
    ["is missing", "", "", "missing"],
    ["is there", `[profile dev-mfa]\n${same}`, "", "present"],
    [
      "is there, in quotes and with comments",
      `[profile "dev-mfa"]\n# mine\n${same}`,
      "",
      "present",
    ],
    ["is there twice", `[profile dev-mfa]\n${same}[profile 'dev-mfa']\n${same}`, "", ""],
    ["has an empty section of its name in the other file", "", "[dev-mfa]\n", "missing"],
    ["is empty", "[profile dev-mfa]\n", "", there("profile dev-mfa", "credential_process, region")],
    ["has another region", `[profile dev-mfa]\n${same.replace("eu", "us")}`, "", "present"],
    ["has more", `[profile "dev-mfa"]\n${same}output = json\n`, "", "present"],
    [
      "runs awsmfa from elsewhere",
      `[profile dev-mfa]\n${same.replace("node awsmfa", "/opt/node22/bin/node /opt/awsmfa.cjs")}`,
      "",
      "outdated",
    ],
    ["runs awsmfa by its name", `[profile dev-mfa]\n${same.replace("node ", "")}`, "", "present"],
    [
      "runs awsmfa by its path alone",
      `[profile dev-mfa]\ncredential_process = /opt/awsmfa credential-process --profile=dev\n`,
      "",
      "outdated",
    ],
    ...["env A=b /opt/awsmfa", "ssh desk awsmfa", "/usr/bin/sudo /usr/bin/node /opt/awsmfa"].map(
      (program): [string, string, string, string] => [
        `runs it by ${program}`,
        `[profile dev-mfa]\ncredential_process = ${program} credential-process --profile dev\n`,
        "",
        there("profile dev-mfa", "credential_process, region"),
      ],
    ),
    [
      "runs it with another option",
      `[profile dev-mfa]\n${same.replace("--profile dev", "--profile dev --token 1")}`,
      "",
      there("profile dev-mfa", "credential_process"),
    ],
    [
      "runs awsmfa for another profile",
      `[profile dev-mfa]\n${same.replace("--profile dev", "--profile prod")}`,
      "",
      there("profile dev-mfa", "credential_process"),
    ],
    [
      "runs another program",
      `[profile dev-mfa]\n${same.replace("awsmfa", "vault")}`,
      "",
      there("profile dev-mfa", "credential_process"),
    ],
    [
      "assumes a role as well",
      `[profile dev-mfa]\n${same.replace("eu", "us")}role_arn = r\n`,
      "",
      there("profile dev-mfa", "role_arn"),
    ],
    [
      "inherits a role, though it is there",
      `[DEFAULT]\nrole_arn = r\n[profile dev-mfa]\n${same}`,
      "",
      inherited,
    ],
    ["is another file's", "[dev-mfa]\nx = 1\n[services dev-mfa]\n", "", "missing"],
    [
      "has keys in the other file",
      "",
      "[dev-mfa]\naws_access_key_id = ASIA\n",
      "[dev-mfa] of /credentials holds keys, which programs would use in place of the session.",
    ],
    [
      "has keys in the other file, though it is there",
      `[profile dev-mfa]\n${same}`,
      "[dev-mfa]\naws_secret_access_key = s\n",
      "[dev-mfa] of /credentials holds keys, which programs would use in place of the session.",
    ],
    [
      "has settings in the other file",
      "",
      "[dev-mfa]\nregion = x\noutput = json\n",
      "[dev-mfa] of /credentials is there already, with region, output.",
    ],
    ["inherits a role", "[DEFAULT]\nrole_arn = r\n", "", inherited],
    ["inherits a sign-in", "[DEFAULT]\nsso_session = s\n", "", inherited],
    ["inherits keys that come later", "[DEFAULT]\naws_access_key_id = AKIA\n", "", "missing"],
    [
      "inherits keys that come first",
      "",
      "[DEFAULT]\naws_access_key_id = AKIA\naws_secret_access_key = s\n[dev-mfa]\n",
      inherited,
    ],
  ])("%s", (_what, config, credentials, expected) => {
    const found = outcome(config, credentials);
    if (expected === "") expect(found).toMatch(/another section of its name\.$/);
    else expect(found).toBe(expected);
  });
});

describe("its words", () => {
  const wanted = (name: string, settings: string) => {
    const files = filesOf(`[profile dev]\n${settings}`, "");
    const source = profileFiles(files.config.document, files.credentials.document).find("dev")!;
    return processProfile(source, name, ["node", "awsmfa"]);
  };

  test("show what is added, safely", () => {
    expect(additionWords(wanted("my\u200edev", "output = a\u202eb\n"))).toEqual([
      "  + [profile my?dev]",
      "  + credential_process = node awsmfa credential-process --profile dev",
      "  + output = a?b   (from profile dev)",
    ]);
    const [, , url] = additionWords(wanted("x", "endpoint_url = http://me:password@host/x\n"));
    expect(url).toBe("  + endpoint_url = http://host/x   (from profile dev)");
  });

  const go = "   for aws, and for programs that use an AWS SDK";
  test.each([
    ["dev-mfa", "region = x\n", [`From now on:  export AWS_PROFILE=dev-mfa${go}`]],
    [
      "my dev",
      "",
      [
        `From now on:  export AWS_PROFILE='my dev'${go}`,
        "It has no region yet:  aws configure set region … --profile 'my dev'",
        "Not all SDKs know such names (JavaScript, Go, Ruby may not): --as gives it a plain one.",
      ],
    ],
  ])("tell how to use %s", (name, settings, lines) => {
    expect(usageWords(wanted(name, settings))).toEqual(lines);
  });

  test.each([
    ["dev", "cannot be both"],
    ["", "it is empty"],
    ["DEFAULT", "[DEFAULT] is what all sections inherit"],
    ["a\nb", "control character"],
    ["a]b", "some programs in Go"],
    ["[a", "some programs in Go"],
    ["a ;b", "some programs in Go"],
    ["#a", "some programs in Go"],
  ])("refuse the name %j", (name, reason) => {
    expect(() => wanted(name, "")).toThrow(reason);
  });
});
