import { expect, it } from "vitest";
import { accountOfArn, roleName } from "../../../src/core/request/iam-arn.ts";

it.each<[arn: string, account: string | undefined]>([
  ["arn:aws:iam::123456789012:mfa/phone", "123456789012"],
  ["arn:aws:iam::123456789012:role/admin", "123456789012"],
  ["arn:aws-us-gov:iam::000000000001:role/team/admin", "000000000001"],
  ["arn:aws-cn:iam::123456789012:u2f/user/alice/key", "123456789012"],
  ["arn:aws:iam::12345678901:role/admin", undefined],
  ["arn:aws:iam::1234567890123:role/admin", undefined],
  ["arn:aws:iam::12345678901x:role/admin", undefined],
  ["arn:aws:iam::123456789012", undefined],
  ["arn:aws:sts::123456789012:assumed-role/admin/me", undefined],
  ["arn:aws:iam:us-east-1:123456789012:role/admin", undefined],
  ["xarn:aws:iam::123456789012:role/admin", undefined],
  ["\narn:aws:iam::123456789012:role/admin", undefined],
  ["GAHT12345678", undefined],
  ["", undefined],
])("the account in %j: %s", (arn, account) => {
  expect(accountOfArn(arn)).toBe(account);
});

it.each<[arn: string, name: string]>([
  ["arn:aws:iam::123456789012:role/admin", "admin"],
  ["arn:aws:iam::123456789012:role/team/admin", "team/admin"],
  ["arn:aws:iam::123456789012:role/a:role/b", "a:role/b"],
  ["arn:aws-cn:iam::123456789012:role/admin", "admin"],
  ["arn:aws:iam::123456789012:role/", "arn:aws:iam::123456789012:role/"],
  ["arn:aws:iam::123456789012:user/admin", "arn:aws:iam::123456789012:user/admin"],
  ["admin", "admin"],
  ["", ""],
  ["arn:aws:iam::123456789012:role/a\u001b[2J", "a?[2J"],
  ["a\u202eb", "a?b"],
])("the name in %j: %s", (arn, name) => {
  expect(roleName(arn)).toBe(name);
});
