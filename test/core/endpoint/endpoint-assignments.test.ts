import { describe, expect, it } from "vitest";
import { withAssignments } from "../../../src/core/child/child-env.ts";
import { containerAnswer } from "../../../src/core/endpoint/container-answer.ts";
import { endpointAssignments } from "../../../src/core/endpoint/endpoint-assignments.ts";

const access = { url: "http://127.0.0.1:4321/profiles/dev", token: "t" };

const added = {
  AWS_CONTAINER_CREDENTIALS_FULL_URI: access.url,
  AWS_CONTAINER_AUTHORIZATION_TOKEN: access.token,
};

describe("a program's environment", () => {
  it.each<[name: string, why?: string]>([
    ["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "is preferred by every SDK"],
    ["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", "is preferred to the token"],
    ["AWS_ACCESS_KEY_ID"],
    ["AWS_SECRET_ACCESS_KEY"],
    ["AWS_SESSION_TOKEN"],
    ["AWS_SECURITY_TOKEN"],
    ["AWS_CREDENTIAL_EXPIRATION"],
    ["AWS_CREDENTIAL_SCOPE"],
    ["AWS_ACCOUNT_ID"],
    ["AWS_WEB_IDENTITY_TOKEN_FILE"],
    ["AWS_ROLE_ARN"],
    ["AWS_ACCESS_KEY", "is a key to the SDKs for Go and Ruby"],
    ["AWS_SECRET_KEY"],
    ["AMAZON_ACCESS_KEY_ID", "is one to those for Ruby and JavaScript (2)"],
    ["AMAZON_SECRET_ACCESS_KEY"],
    ["AMAZON_SESSION_TOKEN"],
    ["AWS_CREDENTIAL_FILE", "boto2's, which botocore still reads before it asks an endpoint"],
    ["AWS_MFA_TOKEN", "a code, which is none of its business"],
  ])("is without %s", (name) => {
    const assignments = endpointAssignments(access);
    expect(withAssignments({ [name]: "x", OTHER: "o" }, assignments)).toEqual({
      ...added,
      OTHER: "o",
    });
  });

  it("has the new endpoint in the place of an older one", () => {
    const older = {
      AWS_CONTAINER_CREDENTIALS_FULL_URI: "http://127.0.0.1:1/",
      AWS_CONTAINER_AUTHORIZATION_TOKEN: "old",
    };
    expect(withAssignments(older, endpointAssignments(access))).toEqual(added);
  });
});

it("an answer has the names that containers give, and a time to the second", () => {
  const session = {
    accessKeyId: "ASIA1",
    secretAccessKey: "s",
    sessionToken: "t",
    expiration: new Date("2026-03-04T05:06:07.890Z"),
  };
  expect(containerAnswer(session)).toEqual({
    AccessKeyId: "ASIA1",
    SecretAccessKey: "s",
    Token: "t",
    Expiration: "2026-03-04T05:06:07Z",
  });
});
