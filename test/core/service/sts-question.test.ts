import { describe, expect, it } from "vitest";
import { parseIni } from "../../../src/core/aws-files/ini.ts";
import { planCredentials } from "../../../src/core/plan/plan-credentials.ts";
import { profileFiles } from "../../../src/core/aws-files/profile.ts";
import type { SessionRequest } from "../../../src/core/request/session-request.ts";
import {
  describeQuestion,
  stsQuestion,
  type StsQuestion,
} from "../../../src/core/service/sts-question.ts";

const role = "arn:aws:iam::123456789012:role/R";
const other = "arn:aws:iam::123456789012:role/B";
const phone = "arn:aws:iam::123456789012:mfa/phone";
const files = profileFiles(
  parseIni(`
[profile r]
role_arn = ${role}
source_profile = b
[profile b]
role_arn = ${other}
source_profile = u
[profile u]
mfa_serial = ${phone}
region = eu-west-1
`),
  parseIni("[u]\naws_access_key_id = AKIAUSER\naws_secret_access_key = tops3cret\n"),
);

function requestOf(profile: string | undefined): SessionRequest {
  const env = {
    AWS_ACCESS_KEY_ID: "AKIAENV",
    AWS_SECRET_ACCESS_KEY: "tops3cret",
    AWS_MFA_SERIAL: phone,
  };
  const plan = planCredentials({ env, files, exportedSession: () => undefined }, profile);
  return plan.kind === "session" ? plan.request : expect.fail(plan.kind);
}

describe("what was asked", () => {
  it.each<[profile: string | undefined, role: string | undefined, region: string]>([
    ["u", undefined, "eu-west-1"],
    ["b", other, "eu-west-1"],
    ["r", role, "eu-west-1"],
    [undefined, undefined, "us-east-1"],
  ])("for the profile %s: the role %s at %s", (profile, arn, region) => {
    const keys = { accessKeyId: "ASIAKEYS", secretAccessKey: "tops3cret", sessionToken: "t0ken" };
    for (const device of [{ serial: phone, setting: "mfa_serial", profile: "x" }, undefined]) {
      const question = stsQuestion(requestOf(profile), keys, device);
      const sts = { region, endpointUrl: undefined, caBundle: undefined };
      expect(question).toEqual({ accessKeyId: "ASIAKEYS", profile, role: arn, device, sts });
      expect(describeQuestion(question)).not.toMatch(/tops3cret|t0ken|ASIAKEYS/);
    }
  });
});

describe("in words", () => {
  const question: StsQuestion = {
    accessKeyId: "AKIAIOSFODNN7EXAMPLE",
    profile: "dev",
    role: undefined,
    device: { serial: phone, setting: "AWS_MFA_SERIAL", profile: undefined },
    sts: { region: "eu-west-1", endpointUrl: undefined, caBundle: undefined },
  };

  // prettier-ignore
  it.each<[changed: Partial<StsQuestion>, words: string]>([
    [{}, "profile dev, key …MPLE, device phone, STS eu-west-1"],
    [{ profile: undefined }, "environment keys, key …MPLE, device phone, STS eu-west-1"],
    [{ device: undefined }, "profile dev, key …MPLE, STS eu-west-1"],
    [{ role }, `profile dev, role ${role}, key …MPLE, device phone, STS eu-west-1`],
    [{ role, device: undefined }, `profile dev, role ${role}, key …MPLE, STS eu-west-1`],
    [{ sts: { ...question.sts, endpointUrl: "http://me:secret@sts:1/" } }, "profile dev, key …MPLE, device phone, STS http://sts:1/"],
    [{ profile: "a\nb", role: "c\u001b", device: { serial: "d\u202e", setting: "mfa_serial", profile: "x" } }, "profile a?b, role c?, key …MPLE, device d?, STS eu-west-1"],
    [{ accessKeyId: "A\u001bB" }, "profile dev, key …A?B, device phone, STS eu-west-1"],
  ])("%j: %s", (changed, words) => {
    expect(describeQuestion({ ...question, ...changed })).toBe(words);
  });
});
