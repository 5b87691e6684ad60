import { expect, test } from "vitest";
import { toSession } from "../../src/aws/sts-answer.ts";

const whole = {
  AccessKeyId: "ASIAEXAMPLE",
  SecretAccessKey: "secret/+",
  SessionToken: "token==",
  Expiration: new Date("2030-01-01T00:00:00Z"),
};

test("a session as AWS sends it", () => {
  expect(toSession(whole)).toEqual({
    accessKeyId: "ASIAEXAMPLE",
    secretAccessKey: "secret/+",
    sessionToken: "token==",
    expiration: whole.Expiration,
  });
});

test.each<[what: string, credentials: object | undefined]>([
  ["nothing", undefined],
  ["no id", { ...whole, AccessKeyId: "" }],
  ["no secret", { ...whole, SecretAccessKey: undefined }],
  ["no token", { ...whole, SessionToken: undefined }],
  ["no end", { ...whole, Expiration: undefined }],
  ["a line break in the token", { ...whole, SessionToken: "a\nb" }],
  ["a space in the secret", { ...whole, SecretAccessKey: "a b" }],
  ["a letter that no header takes", { ...whole, AccessKeyId: "ÄSIA" }],
])("%s is no session", (_what, credentials) => {
  const read = (): unknown => toSession(credentials as Parameters<typeof toSession>[0]);
  expect(read).toThrow(expect.objectContaining({ $metadata: { httpStatusCode: 200 } }));
});
