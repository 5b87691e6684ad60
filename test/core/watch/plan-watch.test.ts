import { describe, expect, it } from "vitest";
import { settingOf } from "../../../src/core/request/mfa-device.ts";
import { planWatch, type WatchPlan } from "../../../src/core/watch/plan-watch.ts";
import { saidBy, spelledFiles, words } from "../../support/spelled-files.ts";

// How the tables are written, a case a line: `said` holds options (profile, target, serial, duration, lead)
// and variables, parted by spaces; files are as in ../../support/spelled-files.ts; a last column says why.

const keysOfDev = "[dev] keys";
const usual = `${keysOfDev} mfa_serial=PHONE`;
const supplied = "[profile dev-mfa] credential_process=awsmfa␣credential-process␣--profile␣dev";

function planOf(said: string, files = usual): WatchPlan {
  const all = saidBy(said);
  const order = {
    profile: all["profile"] ?? "dev",
    target: all["target"] ?? "dev-mfa",
    serial: all["serial"],
    duration: all["duration"],
    leadTime: all["lead"],
  };
  return planWatch(order, { env: all, files: spelledFiles(files) });
}

/** The code of a refusal, which must be one of the configuration, its message, and its hint. */
function refusalOf(said: string, files?: string): string {
  try {
    planOf(said, files);
  } catch (error) {
    expect(error).toMatchObject({ exitCode: 253 });
    const { code, message, hint } = error as Error & { code: string; hint: string };
    return `${code}: ${message} ${hint}`;
  }
  return "none";
}

describe("the device", () => {
  const everywhere = `${usual} aws_mfa_device=KEY000001 [dev-mfa] mfa_serial=TARGET001`;

  it.each<[said: string, files: string, serial: string, setting: string, why?: string]>([
    ["serial=FLAG00001 AWS_MFA_SERIAL=VARIABLE2", everywhere, "FLAG00001", "--mfa-serial-number"],
    ["AWS_MFA_SERIAL=VARIABLE2", everywhere, "VARIABLE2", "AWS_MFA_SERIAL"],
    ["", everywhere, "PHONE", "mfa_serial of profile dev"],
    ["MFA_DEVICE=VARIABLE1", everywhere, "PHONE", "mfa_serial of profile dev", "that is refresh's"],
    [
      "",
      `${keysOfDev} aws_mfa_device=KEY000001 [dev-mfa] mfa_serial=TARGET001`,
      "KEY000001",
      "aws_mfa_device of profile dev",
    ],
    [
      "",
      `${keysOfDev} [dev-mfa] mfa_serial=TARGET001`,
      "TARGET001",
      "mfa_serial of profile dev-mfa",
    ],
    [
      "",
      `${keysOfDev} [profile dev-mfa] mfa_serial=TARGET001`,
      "TARGET001",
      "mfa_serial of profile dev-mfa",
    ],
    ["", `${keysOfDev} [profile dev] mfa_serial=TABLET`, "TABLET", "mfa_serial of profile dev"],
    ["", `[DEFAULT] mfa_serial=PHONE ${keysOfDev}`, "PHONE", "mfa_serial of profile dev"],
    ["serial='' AWS_MFA_SERIAL=''", usual, "PHONE", "mfa_serial of profile dev", "empty: nothing"],
    [
      "",
      `${keysOfDev} mfa_serial='' aws_mfa_device='' [dev-mfa] mfa_serial=TABLET`,
      "TABLET",
      "mfa_serial of profile dev-mfa",
    ],
    ["serial=GAHT12345678", keysOfDev, "GAHT12345678", "--mfa-serial-number", "a hardware device"],
    ["target=x", `${keysOfDev} [x] mfa_serial=TABLET`, "TABLET", "mfa_serial of profile x"],
  ])("%s with %s: %s, by %s", (said, files, serial, setting) => {
    const { device, identity } = planOf(said, files).request;
    expect(settingOf(device)).toBe(setting);
    expect([device.serial, identity.serial]).toEqual(Array(2).fill(words.get(serial) ?? serial));
  });

  it.each<[said: string, files: string, refusal: string, why?: string]>([
    [
      "",
      keysOfDev,
      "NoDevice: nothing says which MFA device to ask for. Put mfa_serial into profile dev, or",
    ],
    ["", keysOfDev, "--mfa-serial-number arn:aws:iam::"],
    ["", `${keysOfDev} [dev-mfa] aws_mfa_device=PHONE`, "NoDevice", "that stands with the keys"],
    ["serial=phone", usual, 'InvalidSerial: --mfa-serial-number is "phone"'],
    ["AWS_MFA_SERIAL=phone", usual, 'InvalidSerial: AWS_MFA_SERIAL is "phone"'],
    ["", `${keysOfDev} mfa_serial=phone`, 'InvalidSerial: mfa_serial of profile dev is "phone"'],
    ["", `${keysOfDev} aws_mfa_device=phone`, "InvalidSerial: aws_mfa_device of profile dev is"],
    [
      "",
      `${keysOfDev} [dev-mfa] mfa_serial=phone`,
      "InvalidSerial: mfa_serial of profile dev-mfa is",
    ],
    [
      "serial=PASSKEY",
      usual,
      "PasskeyDevice: --mfa-serial-number is arn:aws:iam::123456789012:u2f/",
    ],
    ["", `${usual} ${supplied}`, "OwnProcess: profile dev-mfa has its session from awsmfa"],
    ["target=x", `${usual} ${supplied}`, "none"],
    ["", `${usual} ${supplied} [dev-mfa] keys`, "OwnProcess", "whatever stands there by now"],
    ["", `${usual} [profile dev-mfa] credential_process=pass␣awsmfa`, "none", "another program"],
  ])("%s with %s: %s", (said, files, refusal) => {
    expect(refusalOf(said, files)).toContain(refusal);
  });
});

describe("how long it lasts, and when it is renewed", () => {
  const ever = Infinity;

  it.each<
    [said: string, seconds: number, asked: number | undefined, lead: number, left: [number, number]]
  >([
    ["", 43_200, undefined, 300, [301, ever]],
    ["duration=1800", 1800, 1800, 300, [301, 2100]],
    ["duration=900", 900, 900, 300, [301, 1200]],
    ["duration=129600", 129_600, 129_600, 300, [301, 129_900]],
    ["duration=43200", 43_200, 43_200, 300, [301, 43_500]],
    ["duration=␣1800␣", 1800, 1800, 300, [301, 2100]],
    ["AWS_MFA_TTL=7200", 7200, undefined, 300, [301, ever]],
    ["duration=1800 AWS_MFA_TTL=abc", 1800, 1800, 300, [301, 2100]],
    ["duration=''", 43_200, undefined, 300, [301, ever]],
    ["MFA_STS_DURATION=1800", 43_200, undefined, 300, [301, ever]],
    ["lead=0", 43_200, undefined, 0, [1, ever]],
    ["lead=''", 43_200, undefined, 300, [301, ever]],
    ["lead=43199", 43_200, undefined, 43_199, [43_200, ever]],
    ["lead=890 duration=900", 900, 900, 890, [891, 1200]],
    ["lead=899 duration=900", 900, 900, 899, [900, 1200]],
    ["lead=1799 AWS_MFA_TTL=1800", 1800, undefined, 1799, [1800, ever]],
  ])("%s: %d s", (said, seconds, asked, leadSeconds, [least, most]) => {
    const { request, ...plan } = planOf(said);
    expect(plan).toMatchObject({ seconds, leadSeconds });
    expect(request.seconds).toBe(asked);
    expect(request.left).toEqual({ least, most });
    expect(request.purpose).toBe(`profile dev-mfa, renewing for ${seconds} seconds`);
  });

  it.each<[said: string, refusal: string]>([
    ["duration=899", '--duration is "899"; it takes whole seconds from 900 to 129600.'],
    ["duration=129601", '--duration is "129601"; it takes whole seconds from 900 to 129600.'],
    ["duration=0", '--duration is "0"; it takes'],
    ["duration=-900", '--duration is "-900"; it takes'],
    ["duration=1h", '--duration is "1h"; it takes'],
    ["duration=1e3", '--duration is "1e3"; it takes'],
    ["duration=900.5", '--duration is "900.5"; it takes'],
    ["duration=␣", '--duration is ""; it takes'],
    ["AWS_MFA_TTL=899", 'AWS_MFA_TTL is "899"; it takes whole seconds from 900 to 129600.'],
    ["lead=-1", '--refresh-lead-time is "-1"; it takes whole seconds from 0 to 43199.'],
    ["lead=43200", '--refresh-lead-time is "43200"; it takes whole seconds from 0 to 43199.'],
    [
      "lead=900 duration=900",
      '--refresh-lead-time is "900"; it takes whole seconds from 0 to 899.',
    ],
    [
      "lead=1800 AWS_MFA_TTL=1800",
      '--refresh-lead-time is "1800"; it takes whole seconds from 0 to 1799.',
    ],
    ["lead=5m", '--refresh-lead-time is "5m"; it takes'],
    ["lead=x duration=x", '--duration is "x"; it takes'],
  ])("%s is refused", (said, refusal) => {
    expect(refusalOf(said)).toContain(`InvalidDuration: ${refusal}`);
  });
});

describe("the sections", () => {
  it.each<[said: string, files: string, longTerm: string, shortTerm: string]>([
    ["", usual, "dev", "dev-mfa"],
    ["target=work", usual, "dev", "work"],
    [
      "profile=dev-long-term target=dev",
      "[dev-long-term] keys mfa_serial=PHONE",
      "dev-long-term",
      "dev",
    ],
    ["", "[profile dev] keys mfa_serial=PHONE", "dev", "dev-mfa"],
    ["", "[profile dev] credential_process=pass mfa_serial=PHONE", "dev", "dev-mfa"],
    ["", `${usual} [dev-long-term] keys`, "dev", "dev-mfa"],
    ["profile=a␣b target=c]d", "[a b] keys mfa_serial=PHONE", "a b", "c]d"],
  ])("%s with %s: from [%s] to [%s]", (said, files, longTerm, shortTerm) => {
    const { sections, request } = planOf(said, files);
    expect(sections).toEqual({ longTerm, shortTerm });
    expect(request.profile?.name).toBe(longTerm);
    expect(request.purpose).toBe(`profile ${shortTerm}, renewing for 43200 seconds`);
  });

  it.each<[said: string, files: string, refusal: string, why?: string]>([
    [
      "target=dev",
      usual,
      "SameSection: long-term keys and temporary ones cannot both stand in [dev]. Give --target another name.",
    ],
    [
      "target=''",
      usual,
      'InvalidSectionName: "" cannot name a section of the credentials file: it is empty. Check --profile and --target.',
    ],
    ["target=DEFAULT", usual, 'InvalidSectionName: "DEFAULT" cannot name'],
    ["profile=DEFAULT", usual, 'InvalidSectionName: "DEFAULT" cannot name'],
    ["target=a\nb", usual, "InvalidSectionName"],
    ["target=a\u0007", usual, "InvalidSectionName"],
    ["target=a\ud800", usual, "InvalidSectionName"],
    ["target=DEFAULT duration=1", usual, "InvalidSectionName", "first things first"],
    ["profile=prod", usual, "UnknownProfile: there is no profile prod."],
    ["", "", "UnknownProfile: there is no profile dev."],
    ["", "[dev] mfa_serial=PHONE", "NoLongTermKeys: profile dev holds no long-term keys."],
    [
      "",
      "[dev] aws_access_key_id=AKIA mfa_serial=PHONE",
      "NoLongTermKeys: profile dev holds no long-term keys.",
    ],
    [
      "",
      `${usual} aws_session_token=t`,
      "NoLongTermKeys: profile dev has a session token, which long-term keys never have.",
    ],
    [
      "",
      "[dev] keys aws_session_token=t [dev-long-term] keys mfa_serial=PHONE",
      "NoLongTermKeys: profile dev holds no long-term keys: they are in profile dev-long-term. To keep dev itself fresh: --profile dev-long-term --target dev",
      "as aws-mfa leaves it",
    ],
    ["", "[profile dev] region=x [dev-long-term] keys", "they are in profile dev-long-term"],
    ["", `${usual} aws_session_token=t [dev-long-term] region=x`, "has a session token"],
    [
      "profile=dev-mfa target=x",
      `${usual} [dev-mfa] keys aws_session_token=t`,
      "profile dev-mfa holds no long-term keys: they are in profile dev. --profile dev",
      "what is written here has the name that programs use",
    ],
    ["profile=dev-mfa target=x", usual, "they are in profile dev. --profile dev"],
    [
      "profile=admin",
      `${usual} [profile admin] role_arn=ADMIN source_profile=dev`,
      "NoLongTermKeys: profile admin assumes a role, and watch keeps sessions of users fresh. Watch the one with the keys (--profile dev), and let admin have\n  source_profile = dev-mfa",
    ],
  ])("%j with %s: %s", (said, files, refusal) => {
    expect(refusalOf(said, files)).toContain(refusal);
  });

  it("is asked for with what the profile has for keys", () => {
    const program = "[profile dev] credential_process=pass mfa_serial=PHONE";
    expect(planOf("").request).toMatchObject({
      base: { kind: "long-term", accessKeyId: "AKIA", secretAccessKey: "secret" },
      identity: { base: { accessKeyId: "AKIA" }, endpoint: "aws" },
    });
    expect(planOf("", program).request).toMatchObject({
      base: { kind: "process", command: "pass" },
      identity: { base: { process: "pass" } },
    });
  });
});

describe("where programs find AWS, and output", () => {
  it.each<[files: string, inherited: string, why?: string]>([
    [usual, ""],
    [`${usual} region=eu-west-1 output=json`, "region=eu-west-1 output=json"],
    [`${usual} [profile dev] region=eu-west-1`, "region=eu-west-1"],
    [`${usual} region=eu-west-1 [dev-mfa] output=text`, "region=eu-west-1"],
    [`${usual} region=eu-west-1 output=json [dev-mfa] region=us-east-2`, "output=json"],
    [`${usual} region=eu-west-1 [profile dev-mfa] region=us-east-2`, "", "it is its own"],
    [`${usual} region=eu-west-1 [dev-mfa] region=''`, "region=eu-west-1"],
    [`${usual} region=''`, ""],
    [`[DEFAULT] region=eu-west-1 ${usual} [dev-mfa] output=text`, "", "all inherit it"],
    [`${usual} endpoint_url=http://b ca_bundle=/ca`, "endpoint_url=http://b ca_bundle=/ca"],
    [`${usual} services=b use_fips_endpoint=true`, "services=b use_fips_endpoint=true"],
    [`${usual} use_dualstack_endpoint=true`, "use_dualstack_endpoint=true"],
    [`${usual} cli_pager=less role_arn=ADMIN`, "", "nothing else"],
  ])("%s: %j", (files, inherited) => {
    const { settings } = planOf("", files);
    expect(settings.map(({ key, value }) => `${key}=${value}`).join(" ")).toBe(inherited);
  });

  it.each<[said: string, files: string, place: Record<string, string | undefined>]>([
    ["", `${usual} region=eu-west-1`, { region: "eu-west-1" }],
    ["", `${usual} [dev-mfa] region=eu-west-2`, { region: "eu-west-2" }],
    ["", `${usual} region=eu-west-1 [dev-mfa] region=eu-west-2`, { region: "eu-west-1" }],
    ["AWS_REGION=eu-west-3", `${usual} region=eu-west-1`, { region: "eu-west-3" }],
    ["", `${keysOfDev} mfa_serial=CHINA`, { region: "cn-northwest-1" }],
    ["", `${usual} [profile dev-mfa] endpoint_url=http://b`, { endpointUrl: "http://b" }],
    ["", `${usual} ca_bundle=/ca`, { caBundle: "/ca" }],
  ])("STS is asked with %s, %s: %j", (said, files, place) => {
    expect(planOf(said, files).request.sts).toMatchObject(place);
  });

  it.each<[said: string, files: string, command: string | undefined]>([
    ["", usual, undefined],
    ["", `${usual} mfa_process=own`, "own"],
    ["", `${usual} [dev-mfa] mfa_process=of-target`, "of-target"],
    ["AWS_MFA_PROCESS=variable", `${usual} mfa_process=own`, "variable"],
  ])("the code comes with %s, %s: %s", (said, files, command) => {
    expect(planOf(said, files).request.mfaProcess).toBe(command);
  });
});
