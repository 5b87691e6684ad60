import { describe, expect, it } from "vitest";
import { deviceName, serialFault } from "../../../src/core/request/mfa-device.ts";

describe("the name of a device", () => {
  it.each<[serial: string, name: string]>([
    ["arn:aws:iam::123456789012:mfa/phone", "phone"],
    ["arn:aws:iam::123456789012:mfa/alice@example.com", "alice@example.com"],
    ["arn:aws:iam::123456789012:mfa/team/alice", "team/alice"],
    ["arn:aws-cn:iam::123456789012:mfa/phone", "phone"],
    ["arn:aws:iam::123456789012:mfa/root-account-mfa-device", "root-account-mfa-device"],
    ["GAHT12345678", "GAHT12345678"],
    ["arn:aws:iam::123456789012:mfa/", "arn:aws:iam::123456789012:mfa/"],
    ["arn:aws:iam::123456789012:sms-mfa/phone", "arn:aws:iam::123456789012:sms-mfa/phone"],
    ["mfa/phone", "mfa/phone"],
    ["arn:aws:iam::1:mfa/a\u001b[31mb", "a?[31mb"],
    ["arn:aws:iam::1:mfa/a\u202eb", "a?b"],
    ["", ""],
  ])("%j: %s", (serial, name) => {
    expect(deviceName(serial)).toBe(name);
  });
});

describe("a serial", () => {
  it.each<[serial: string, code: string | undefined, why?: string]>([
    ["arn:aws:iam::123456789012:mfa/phone", undefined],
    ["arn:aws:iam::123456789012:mfa/a+b=c,d.e@f_g-h", undefined, "all that IAM allows in a name"],
    ["arn:aws-us-gov:iam::123456789012:mfa/phone", undefined],
    ["GAHT12345678", undefined],
    ["123456789", undefined, "nine characters at least (STS)"],
    ["x".repeat(256), undefined],
    ["12345678", "InvalidSerial"],
    ["x".repeat(257), "InvalidSerial"],
    ["phone", "InvalidSerial"],
    ["", "InvalidSerial"],
    ["GAHT 12345678", "InvalidSerial"],
    [" GAHT12345678", "InvalidSerial"],
    ["GAHT12345678\n", "InvalidSerial"],
    ['"GAHT12345678"', "InvalidSerial", "AWS files know no quotes"],
    ["arn:aws:iam::123456789012:mfa/phone # mine", "InvalidSerial", "nor comments behind a value"],
    ["arn:aws:iam::123456789012:mfa/téléphone", "InvalidSerial"],
    ["\nserial = GAHT12345678", "InvalidSerial", "a nested block"],
    ["arn:aws:iam::123456789012:u2f/user/alice/key", "PasskeyDevice"],
    ["arn:aws:iam::123456789012:u2f/root-account-mfa", "PasskeyDevice"],
    ["arn:aws-cn:iam::123456789012:u2f/user/alice/key", "PasskeyDevice"],
    ["arn:aws:iam::123456789012:u2f/user/alice/my key", "PasskeyDevice", "the better reason first"],
    ["arn:aws:iam::123456789012:mfa/u2f/phone", undefined, "a path of that name"],
    ["arn:aws:iam::123456789012:mfa/u2f", undefined],
  ])("%j: %s", (serial, code) => {
    expect(serialFault(serial)?.code).toBe(code);
  });

  it("that cannot work is told with the reason and the way out, as exit code 253", () => {
    expect(serialFault("arn:aws:iam::1:u2f/user/a\u001bb")).toMatchObject({
      exitCode: 253,
      message:
        "arn:aws:iam::1:u2f/user/a?b is a passkey or security key, and the AWS API cannot use those.",
      hint: "Register an authenticator app (TOTP) as a second device, or use `aws login`.",
    });
    expect(serialFault("pho\nne")).toMatchObject({
      exitCode: 253,
      message: '"pho?ne" is not the serial of an MFA device.',
      hint: expect.stringContaining("arn:aws:iam::123456789012:mfa/name"),
    });
  });
});
