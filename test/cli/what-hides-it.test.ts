import { expect, it } from "vitest";
import { whatHidesIt } from "../../src/cli/what-hides-it.ts";
import { parseIni } from "../../src/core/aws-files/ini.ts";
import { profileFiles } from "../../src/core/aws-files/profile.ts";

const env =
  /^AWS_ACCESS_KEY_ID is set: programs use it, and not profile dev, unless you unset it\.$/;
const other = /^profile dev signs in another way as well/;

it.each<
  [what: string, env: Record<string, string>, dev: string, says: RegExp | undefined, why?: string]
>([
  ["nothing", {}, "region=eu-west-1", undefined],
  ["keys of the environment", { AWS_ACCESS_KEY_ID: "AKIA" }, "", env],
  ["an empty key", { AWS_ACCESS_KEY_ID: "", AWS_SECRET_ACCESS_KEY: "s" }, "", undefined],
  ["a secret alone", { AWS_SECRET_ACCESS_KEY: "s" }, "", undefined, "nobody uses that"],
  ["another profile", { AWS_PROFILE: "other" }, "", undefined],
  ["a role", {}, "role_arn=x\nsource_profile=y", other],
  ["a role and keys", { AWS_ACCESS_KEY_ID: "AKIA" }, "role_arn=x", env],
  ["a web identity", {}, "role_arn=x\nweb_identity_token_file=/x", other],
  ["single sign-on", {}, "sso_session=x", other],
  ["single sign-on of old", {}, "sso_start_url=x", other],
  ["a login", {}, "login_session=x", other],
  ["a program", {}, "credential_process=x", undefined, "keys of the credentials file come first"],
])("%s", (_what, variables, dev, says) => {
  const files = profileFiles(parseIni(`[profile dev]\n${dev}\n`), parseIni(""));
  const told = whatHidesIt(variables, files.find("dev"), "dev");
  if (says === undefined) expect(told).toBeUndefined();
  else expect(told).toMatch(says);
});

it("a section that is not there yet is hidden by variables alone, and its name does no harm", () => {
  expect(whatHidesIt({}, undefined, "dev")).toBeUndefined();
  expect(whatHidesIt({ AWS_ACCESS_KEY_ID: "AKIA" }, undefined, "a\u001bb")).toContain(
    "profile a?b,",
  );
});
