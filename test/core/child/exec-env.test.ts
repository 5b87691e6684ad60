import { describe, expect, it } from "vitest";
import { execAssignments, profileAssignments } from "../../../src/core/child/exec-env.ts";
import { parseIni } from "../../../src/core/aws-files/ini.ts";
import { profileFiles } from "../../../src/core/aws-files/profile.ts";

const session = {
  accessKeyId: "ASIA",
  secretAccessKey: "secret",
  sessionToken: "token",
  expiration: new Date("2030-01-01T12:00:00Z"),
};

/** What is assigned beyond the credentials and the profile variables, which always are. */
function beyondCredentials(config: string, env: Record<string, string>): Record<string, unknown> {
  const files = profileFiles(parseIni(config.replaceAll(" | ", "\n")), parseIni(""));
  const all = execAssignments(session, { env, files, settings: files.find("p") });
  expect(all.slice(0, 9).map(([name]) => name)).toEqual([
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "AWS_CREDENTIAL_EXPIRATION",
    "AWS_SECURITY_TOKEN",
    "AWS_CREDENTIAL_SCOPE",
    "AWS_MFA_TOKEN",
    "AWS_PROFILE",
    "AWS_DEFAULT_PROFILE",
  ]);
  return Object.fromEntries(all.slice(9));
}

const services =
  "[profile p] | services = s | [services s] | s3 = |   endpoint_url = http://s3 | sts = |   max_attempts = 3";

describe("what of a profile comes along with its session", () => {
  // prettier-ignore
  it.each<[config: string, env: Record<string, string>, expected: Record<string, string>]>([
    ["[profile other]", {}, {}],
    ["[profile p]", {}, {}],
    ["[profile p] | region = ", {}, {}],
    ["[profile p] | region = r", {}, { AWS_REGION: "r", AWS_DEFAULT_REGION: "r" }],
    ["[profile p] | region = r", { AWS_REGION: "" }, { AWS_REGION: "r", AWS_DEFAULT_REGION: "r" }],
    ["[profile p] | region = r", { AWS_REGION: "e" }, { AWS_DEFAULT_REGION: "e" }],
    ["[profile p] | region = r", { AWS_DEFAULT_REGION: "e" }, { AWS_REGION: "e" }],
    ["[profile p] | region = r", { AWS_REGION: "e", AWS_DEFAULT_REGION: "f" }, {}],
    ["[profile p] | endpoint_url = http://u", {}, { AWS_ENDPOINT_URL: "http://u" }],
    ["[profile p] | endpoint_url = http://u", { AWS_ENDPOINT_URL: "http://e" }, {}],
    ["[profile p] | endpoint_url = http://u", { AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "true" }, {}],
    ["[profile p] | endpoint_url = http://u | ignore_configured_endpoint_urls = true", {}, {}],
    [services, {}, { AWS_ENDPOINT_URL_S3: "http://s3" }],
    [services, { AWS_ENDPOINT_URL_S3: "http://own" }, {}],
    [services, { AWS_ENDPOINT_URL: "http://own" }, {}],
    [services, { AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "TRUE" }, {}],
    ["[profile p] | services = none", {}, {}],
    ["[profile p] | ca_bundle = /c", {}, { AWS_CA_BUNDLE: "/c" }],
    ["[profile p] | ca_bundle = /c", { AWS_CA_BUNDLE: "/e" }, {}],
  ])("%s with %j", (config, env, expected) => {
    expect(beyondCredentials(config, env)).toEqual(expected);
  });
});

it("an explicit profile takes all that would shadow it away", () => {
  expect(profileAssignments("p")).toEqual([
    ["AWS_PROFILE", "p"],
    ["AWS_DEFAULT_PROFILE", undefined],
    ["AWS_ACCESS_KEY_ID", undefined],
    ["AWS_SECRET_ACCESS_KEY", undefined],
    ["AWS_SESSION_TOKEN", undefined],
    ["AWS_SECURITY_TOKEN", undefined],
    ["AWS_CREDENTIAL_EXPIRATION", undefined],
    ["AWS_CREDENTIAL_SCOPE", undefined],
    ["AWS_ACCOUNT_ID", undefined],
    ["AWS_WEB_IDENTITY_TOKEN_FILE", undefined],
    ["AWS_ROLE_ARN", undefined],
  ]);
});
