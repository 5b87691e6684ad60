import { describe, expect, it } from "vitest";
import type { Profile } from "../../../src/core/aws-files/profile.ts";
import {
  deviceFault,
  deviceName,
  deviceOfEnvironment,
  deviceOfProfile,
  settingOf,
} from "../../../src/core/request/mfa-device.ts";

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
    expect(deviceFault({ serial, setting: "AWS_MFA_SERIAL", profile: undefined })?.code).toBe(code);
  });

  it("that cannot work is told with the reason and the way out, as exit code 253", () => {
    const profile = "dev";
    expect(
      deviceFault({ serial: "arn:aws:iam::1:u2f/user/a\u001bb", setting: "mfa_serial", profile }),
    ).toMatchObject({
      exitCode: 253,
      message:
        "mfa_serial of profile dev is arn:aws:iam::1:u2f/user/a?b: a passkey or security key, and the AWS API cannot use those.",
      hint: "Register an authenticator app (TOTP) as a second device, or use `aws login`.",
    });
    expect(deviceFault({ serial: "pho\nne", setting: "mfa_serial", profile })).toMatchObject({
      exitCode: 253,
      message: 'mfa_serial of profile dev is "pho?ne", which is not the serial of an MFA device.',
      hint: expect.stringContaining("arn:aws:iam::123456789012:mfa/name"),
    });
  });
});

describe("who names a device", () => {
  it.each<[name: string, mfaSerial: string | undefined, setBy: string | undefined]>([
    ["dev", "GAHT12345678", "mfa_serial of profile dev"],
    ["", "GAHT12345678", 'mfa_serial of profile ""'],
    ["a\u001bb", "GAHT12345678", "mfa_serial of profile a?b"],
    ["dev", "", undefined],
    ["dev", undefined, undefined],
  ])("the profile %j with %j: %s", (name, serial, setBy) => {
    const setting = (key: string) => (key === "mfa_serial" ? serial : undefined);
    const profile: Profile = { name, setting, keys: { kind: "none" } };
    const device = deviceOfProfile(profile);
    expect(device).toEqual(setBy && { serial, setting: "mfa_serial", profile: name });
    expect(device && settingOf(device)).toBe(setBy);
  });

  it.each<[serial: string | undefined, setBy: string | undefined]>([
    ["GAHT12345678", "AWS_MFA_SERIAL"],
    ["", undefined],
    [undefined, undefined],
  ])("AWS_MFA_SERIAL=%s", (serial, setBy) => {
    const env = serial === undefined ? {} : { AWS_MFA_SERIAL: serial };
    const device = deviceOfEnvironment(env);
    expect(device).toEqual(setBy && { serial, setting: "AWS_MFA_SERIAL", profile: undefined });
    expect(device && settingOf(device)).toBe(setBy);
  });
});
