import { expect, it } from "vitest";
import { userOfArn } from "../../../src/core/request/iam-user.ts";

it.each<[arn: string, words: string, usualDevice: string | undefined, why?: string]>([
  ["arn:aws:iam::123456789012:user/alice", "user alice", "arn:aws:iam::123456789012:mfa/alice"],
  ["arn:aws:iam::123456789012:user/a/b/alice", "user alice", "arn:aws:iam::123456789012:mfa/alice"],
  [
    "arn:aws-cn:iam::123456789012:user/alice",
    "user alice",
    "arn:aws-cn:iam::123456789012:mfa/alice",
  ],
  ["arn:aws:iam::123456789012:root", "the root user", undefined],
  [
    "arn:aws:sts::123456789012:federated-user/bob",
    "arn:aws:sts::123456789012:federated-user/bob",
    undefined,
    "no user of IAM",
  ],
  ["arn:aws:iam::123456789012:user/", "arn:aws:iam::123456789012:user/", undefined],
  ["\u001b[31m", "?[31m", undefined],
])("%j: %s", (arn, words, usualDevice) => {
  expect(userOfArn(arn, "123456789012")).toEqual({
    arn,
    words: `${words} in account 123456789012`,
    usualDevice,
  });
});
