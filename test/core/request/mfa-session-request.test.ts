import { expect, it } from "vitest";
import { parseIni } from "../../../src/core/aws-files/ini.ts";
import { profileFiles } from "../../../src/core/aws-files/profile.ts";
import { mfaSessionRequest } from "../../../src/core/request/mfa-session-request.ts";

const [phone, tablet] = ["phone", "tablet"].map((name) => `arn:aws:iam::123456789012:mfa/${name}`);
const base = { kind: "long-term", accessKeyId: "AKIA", secretAccessKey: "secret" } as const;

/** A profile `dev` with these lines, and a role profile with those. */
function filesOf(dev: string, role: string) {
  return profileFiles(parseIni(`[profile dev]\n${dev}\n[profile role]\n${role}\n`), parseIni(""));
}

it.each<[what: string, dev: string, role: string, env: Record<string, string>, own: boolean]>([
  ["its own device", `mfa_serial=${phone}`, "", {}, true],
  ["another device", `mfa_serial=${tablet}`, "", {}, false],
  ["no device of its own", "", "", {}, false],
  [
    "another device, but for the variable",
    `mfa_serial=${tablet}`,
    "",
    { AWS_MFA_SERIAL: phone! },
    true,
  ],
  [
    "its own device, but for the variable",
    `mfa_serial=${phone}`,
    "",
    { AWS_MFA_SERIAL: tablet! },
    false,
  ],
  ["another endpoint", `mfa_serial=${phone}`, "endpoint_url=http://x", {}, false],
  [
    "the same endpoint",
    `mfa_serial=${phone}\nendpoint_url=http://x`,
    "endpoint_url=http://x",
    {},
    true,
  ],
  [
    "the endpoint of the variable",
    `mfa_serial=${phone}`,
    "endpoint_url=http://x",
    { AWS_ENDPOINT_URL: "http://y" },
    true,
  ],
  ["a region of the same partition", `mfa_serial=${phone}`, "region=eu-west-1", {}, true],
  ["a region of another partition", `mfa_serial=${phone}`, "region=cn-north-1", {}, false],
])(
  "a session with the phone, of a profile with %s, is its own: %#",
  (_what, dev, role, env, own) => {
    const files = filesOf(dev, role);
    const [profile, asked] = [files.find("dev")!, files.find("role")!];
    const device = { serial: phone!, setting: "mfa_serial", profile: "role" };
    const settings = [asked, profile];
    expect(mfaSessionRequest({ env, files, base, device, profile, settings }).own).toBe(own);
  },
);

it("a session with keys of the environment is nobody else's", () => {
  const files = filesOf("", "");
  const device = { serial: phone!, setting: "AWS_MFA_SERIAL", profile: undefined };
  expect(mfaSessionRequest({ env: {}, files, base, device, settings: [] }).own).toBe(true);
});
