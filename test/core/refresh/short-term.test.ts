import { describe, expect, it } from "vitest";
import { editSection } from "../../support/edit-section.ts";
import { parseIni } from "../../../src/core/aws-files/ini.ts";
import { readShortTerm, shortTermKeys } from "../../../src/core/refresh/short-term.ts";

const role = "arn:aws:iam::123456789012:role/admin";
const session = {
  accessKeyId: "ASIAEXAMPLE",
  secretAccessKey: "secret",
  sessionToken: "token/+==",
  expiration: new Date("2026-03-04T05:06:07.890Z"),
};

const keys = `aws_access_key_id = ASIAEXAMPLE
aws_secret_access_key = secret
aws_session_token = token/+==
aws_security_token = token/+==
expiration = 2026-03-04 05:06:07
`;

function readFrom(lines: string) {
  return readFromText(`[dev]\n${lines}\n`);
}

function readFromText(text: string) {
  const { entries } = parseIni(text).sections.get("dev")!;
  return readShortTerm((key) => entries.get(key)?.value);
}

describe("what is written", () => {
  it.each<[what: string, role: string | undefined, before: string, after: string]>([
    ["the user's session", undefined, "", `[dev]\n${keys}assumed_role = False\n`],
    ["a role's", role, "", `[dev]\n${keys}assumed_role = True\nassumed_role_arn = ${role}\n`],
    [
      "the user's after a role's",
      undefined,
      `[dev]\nregion = eu-west-1\nassumed_role = True\nassumed_role_arn = ${role}\n`,
      `[dev]\nregion = eu-west-1\nassumed_role = False\n${keys}`,
    ],
    [
      "a role's after the user's",
      role,
      "[dev]\nassumed_role = False # mine\n",
      `[dev]\nassumed_role = True\n${keys}assumed_role_arn = ${role}\n`,
    ],
  ])("%s", (_what, wanted, before, after) => {
    const text = editSection(before, "dev", shortTermKeys(session, wanted));
    expect(text).toBe(after);
    const expiration = new Date("2026-03-04T05:06:07Z");
    expect(readFromText(text)).toEqual({
      expiration,
      role: wanted === undefined ? undefined : { arn: wanted },
    });
  });
});

describe("what is read", () => {
  const without = (key: string): string => keys.replace(new RegExp(`${key} = .*\n`), "");
  const having = (key: string, value: string): string => `${without(key)}${key} = ${value}`;
  const end = "2026-03-04T05:06:07.000Z";

  it.each<[what: string, lines: string, found: string | undefined, why?: string]>([
    ["what is written", keys, end],
    ["no old name of the token", without("aws_security_token"), end],
    ["an empty one", having("aws_security_token", ""), end],
    ["another one", having("aws_security_token", "other"), undefined, "the AWS CLI would take it"],
    ["the old name alone", without("aws_session_token"), undefined],
    ["an IAM user's own key", having("aws_access_key_id", "AKIAEXAMPLE"), undefined],
    ["no key", without("aws_access_key_id"), undefined],
    ["an empty key", having("aws_access_key_id", ""), undefined],
    ["no secret", without("aws_secret_access_key"), undefined],
    ["an empty secret", having("aws_secret_access_key", ""), undefined],
    ["no token", without("aws_session_token").replace(/aws_security.*\n/, ""), undefined],
    ["an empty token", having("aws_session_token", ""), undefined],
    ["no end", without("expiration"), undefined],
    ["an empty end", having("expiration", ""), undefined],
    ["a word for an end", having("expiration", "tomorrow"), undefined],
    ["a day for an end", having("expiration", "2026-03-04"), undefined],
    ["an end that cannot be", having("expiration", "2026-13-04 05:06:07"), undefined],
    ["parts of a second", having("expiration", "2026-03-04 05:06:07.000001"), end],
    ["ISO 8601", having("expiration", "2026-03-04T05:06:07Z"), end],
    ["another offset", having("expiration", "2026-03-04 06:06:07+01:00"), end],
    ["the offset that Python writes", having("expiration", "2026-03-04 05:06:07+00:00"), end],
    ["keys in other case", keys.replace(/^\w+/gm, (key) => key.toUpperCase()), end],
    ["other separators", keys.replace(/ = /g, ":"), end],
    ["nothing", "", undefined],
    ["an IAM user's own key", keys.replace("ASIAEXAMPLE", "AKIAEXAMPLE"), undefined],
  ])("%s", (_what, lines, found) => {
    expect(readFrom(lines)?.expiration.toISOString()).toBe(found);
  });

  it.each<[lines: string, role: { arn: string | undefined } | undefined, why?: string]>([
    ["", undefined],
    ["assumed_role = False", undefined],
    ["assumed_role = True", { arn: undefined }, "of whichever role"],
    ["assumed_role = True\nassumed_role_arn =", { arn: undefined }],
    [`assumed_role = True\nassumed_role_arn = ${role}`, { arn: role }],
    [`assumed_role = true\nassumed_role_arn = ${role}`, { arn: role }],
    [`assumed_role = TRUE\nassumed_role_arn = ${role}`, { arn: role }],
    [`assumed_role = False\nassumed_role_arn = ${role}`, undefined],
  ])("%j is of the role %j", (lines, found) => {
    expect(readFrom(keys + lines)).toMatchObject({ role: found });
  });
});
