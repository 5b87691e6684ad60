import { describe, expect, it } from "vitest";
import { planRefresh, type RefreshPlan } from "../../../src/core/refresh/plan-refresh.ts";
import { settingOf } from "../../../src/core/request/mfa-device.ts";
import { mfaRequestOf } from "../../../src/core/request/session-request.ts";
import { saidBy, spelledFiles, words } from "../../support/spelled-files.ts";

// How the tables are written, a case a line:
// - `said` holds options (device, duration, assume-role, …) and variables, parted by spaces: device=PHONE
//   is an option, MFA_DEVICE=PHONE a variable, '' is empty, and ␣ is a space; nameless is a user of no name;
// - [profile x] and [services x] are sections of the config file, others of the credentials file; keys
//   stands for a pair;
// - a last column says why.

const now = new Date("2026-03-04T05:06:07Z");
const keysOfDev = "[dev-long-term] keys";
const usual = `${keysOfDev} mfa_serial=PHONE`;

function planOf(said: string, files = usual): RefreshPlan {
  const all = saidBy(said);
  const flags = {
    suffixes: { longTerm: all["long-term-suffix"], shortTerm: all["short-term-suffix"] },
    device: all["device"],
    duration: all["duration"],
    assumeRole: all["assume-role"],
    roleSessionName: all["role-session-name"],
    force: "force" in all,
  };
  const userName = "nameless" in all ? undefined : "me";
  return planRefresh("dev", flags, { env: all, files: spelledFiles(files), userName, now });
}

/** The code of a refusal, which must be one of the configuration, and its message. */
function refusalOf(said: string, files?: string): string {
  try {
    planOf(said, files);
  } catch (error) {
    expect(error).toMatchObject({ exitCode: 253 });
    const { code, message } = error as Error & { code: string };
    return `${code}: ${message}`;
  }
  return "none";
}

describe("the device", () => {
  const everywhere = `${keysOfDev} aws_mfa_device=KEY000001 mfa_serial=SERIAL001 [dev] mfa_serial=TARGET001`;

  it.each<[said: string, files: string, serial: string, setting: string, why?: string]>([
    ["device=FLAG00001 MFA_DEVICE=VARIABLE1", everywhere, "FLAG00001", "--device"],
    ["device=FLAG00001 AWS_MFA_SERIAL=VARIABLE2", everywhere, "FLAG00001", "--device"],
    ["MFA_DEVICE=VARIABLE1 AWS_MFA_SERIAL=VARIABLE2", everywhere, "VARIABLE1", "MFA_DEVICE"],
    [
      "AWS_MFA_SERIAL=VARIABLE2",
      everywhere,
      "KEY000001",
      "aws_mfa_device of profile dev-long-term",
    ],
    ["AWS_MFA_SERIAL=VARIABLE2", usual, "VARIABLE2", "AWS_MFA_SERIAL"],
    ["", everywhere, "KEY000001", "aws_mfa_device of profile dev-long-term"],
    ["", usual, "PHONE", "mfa_serial of profile dev-long-term"],
    ["", `${usual} [dev] mfa_serial=TABLET`, "PHONE", "mfa_serial of profile dev-long-term"],
    ["", `${keysOfDev} [dev] mfa_serial=TABLET`, "TABLET", "mfa_serial of profile dev"],
    ["", `${keysOfDev} [profile dev] mfa_serial=TABLET`, "TABLET", "mfa_serial of profile dev"],
    [
      "",
      `${keysOfDev} [profile dev-long-term] mfa_serial=PHONE`,
      "PHONE",
      "mfa_serial of profile dev-long-term",
    ],
    [
      "",
      `${keysOfDev} [profile dev-long-term] aws_mfa_device=PHONE`,
      "PHONE",
      "aws_mfa_device of profile dev-long-term",
    ],
    ["", `[DEFAULT] mfa_serial=PHONE ${keysOfDev}`, "PHONE", "mfa_serial of profile dev-long-term"],
    [
      "device='' MFA_DEVICE='' AWS_MFA_SERIAL=''",
      usual,
      "PHONE",
      "mfa_serial of profile dev-long-term",
      "empty ones say nothing",
    ],
    ["", `${usual} aws_mfa_device=''`, "PHONE", "mfa_serial of profile dev-long-term"],
    [
      "",
      `${keysOfDev} aws_mfa_device='' mfa_serial='' [dev] mfa_serial=TABLET`,
      "TABLET",
      "mfa_serial of profile dev",
    ],
    ["device=GAHT12345678", usual, "GAHT12345678", "--device", "a hardware device"],
  ])("%s with %s: %s, by %s", (said, files, serial, setting) => {
    const { device, identity } = mfaRequestOf(planOf(said, files).request);
    expect(settingOf(device)).toBe(setting);
    expect([device.serial, identity.serial]).toEqual(Array(2).fill(words.get(serial) ?? serial));
  });

  it.each<[said: string, files: string, refusal: string, why?: string]>([
    ["", keysOfDev, "NoDevice: nothing says which MFA device to ask for."],
    [
      "",
      `${keysOfDev} [dev] aws_mfa_device=PHONE`,
      "NoDevice: nothing says",
      "aws-mfa reads it with the keys alone",
    ],
    ["device=phone", usual, 'InvalidSerial: --device is "phone"'],
    ["MFA_DEVICE=phone", usual, 'InvalidSerial: MFA_DEVICE is "phone"'],
    ["AWS_MFA_SERIAL=phone", usual, 'InvalidSerial: AWS_MFA_SERIAL is "phone"'],
    [
      "",
      `${usual} aws_mfa_device=phone`,
      'InvalidSerial: aws_mfa_device of profile dev-long-term is "phone"',
    ],
    [
      "",
      `${keysOfDev} mfa_serial=phone`,
      'InvalidSerial: mfa_serial of profile dev-long-term is "phone"',
    ],
    [
      "",
      `${keysOfDev} [dev] mfa_serial=phone`,
      'InvalidSerial: mfa_serial of profile dev is "phone"',
    ],
    ["device=PASSKEY", usual, "PasskeyDevice: --device is arn:aws:iam::123456789012:u2f/"],
    ["MFA_DEVICE=PASSKEY", usual, "PasskeyDevice: MFA_DEVICE is"],
  ])("%s with %s: %s", (said, files, refusal) => {
    expect(refusalOf(said, files)).toContain(refusal);
  });
});

describe("how long it lasts", () => {
  it.each<[said: string, seconds: number, asked: number | undefined, why?: string]>([
    ["", 43_200, undefined],
    ["duration=1800", 1800, 1800],
    ["MFA_STS_DURATION=1800", 1800, 1800],
    ["duration=1800 MFA_STS_DURATION=3600 AWS_MFA_TTL=7200", 1800, 1800],
    ["MFA_STS_DURATION=3600 AWS_MFA_TTL=7200", 3600, 3600],
    ["AWS_MFA_TTL=7200", 7200, undefined, "the usual one, where nothing else is said"],
    ["duration=900", 900, 900],
    ["duration=129600", 129_600, 129_600],
    ["duration=0 MFA_STS_DURATION=3600", 3600, 3600, "zero is none, as for aws-mfa"],
    ["duration=0 MFA_STS_DURATION=0", 43_200, undefined],
    ["duration=000", 43_200, undefined],
    ["MFA_STS_DURATION=''", 43_200, undefined],
    ["MFA_STS_DURATION=␣", 43_200, undefined],
    ["MFA_STS_DURATION=␣1800␣", 1800, 1800, "as Python reads it"],
    ["duration=1800 MFA_STS_DURATION=abc AWS_MFA_TTL=abc", 1800, 1800, "not looked at"],
    ["duration=43200", 43_200, 43_200, "it was said"],
  ])("the user's with %s: %d s", (said, seconds, asked) => {
    const { request, ...plan } = planOf(said);
    expect(plan).toMatchObject({ seconds, role: undefined });
    expect(request).toMatchObject({
      kind: "mfa",
      purpose: `profile dev, renewing for ${seconds} seconds`,
    });
    expect(mfaRequestOf(request).seconds).toBe(asked);
  });

  it.each<[said: string, seconds: number, takesCode: boolean, why?: string]>([
    ["", 3600, false],
    ["duration=1800", 1800, false],
    ["MFA_STS_DURATION=1800", 1800, false],
    ["duration=900 MFA_STS_DURATION=1800", 900, false],
    ["AWS_MFA_TTL=7200", 3600, false, "that is of the user's session alone"],
    ["duration=3600", 3600, false],
    ["duration=3601", 3601, true, "AWS gives no more to a role of a session"],
    ["MFA_STS_DURATION=7200", 7200, true],
    ["duration=43200", 43_200, true],
    ["duration=0", 3600, false],
    ["MFA_STS_DURATION=0", 3600, false],
  ])("a role's with %s: %d s", (said, seconds, takesCode) => {
    const { request, ...plan } = planOf(`assume-role=ADMIN ${said}`);
    const purpose = `profile dev, renewing for ${seconds} seconds`;
    const arn = words.get("ADMIN");
    expect(plan).toMatchObject({ seconds, role: arn });
    expect(request).toMatchObject({
      kind: "role",
      takesCode,
      capped: false,
      purpose,
      role: { arn, seconds },
    });
    // What the role is assumed with lasts as ever: other roles are, too.
    expect(mfaRequestOf(request)).toMatchObject({ kind: "mfa", purpose });
    expect(mfaRequestOf(request).seconds).toBeUndefined();
  });

  it.each<[said: string, refusal: string]>([
    ["duration=899", '--duration is "899"; it takes whole seconds from 900 to 129600.'],
    ["duration=5", '--duration is "5"; it takes whole seconds from 900 to 129600.'],
    ["duration=129601", '--duration is "129601"; it takes'],
    ["duration=1h", '--duration is "1h"; it takes'],
    ["duration=-900", '--duration is "-900"; it takes'],
    [
      "MFA_STS_DURATION=abc",
      'MFA_STS_DURATION is "abc"; it takes whole seconds from 900 to 129600.',
    ],
    ["MFA_STS_DURATION=899", 'MFA_STS_DURATION is "899"; it takes'],
    ["AWS_MFA_TTL=899", 'AWS_MFA_TTL is "899"; it takes whole seconds from 900 to 129600.'],
    [
      "assume-role=ADMIN duration=43201",
      '--duration is "43201"; it takes whole seconds from 900 to 43200.',
    ],
    [
      "assume-role=ADMIN MFA_STS_DURATION=129600",
      'MFA_STS_DURATION is "129600"; it takes whole seconds from 900 to 43200.',
    ],
    ["assume-role=ADMIN duration=899", '--duration is "899"; it takes'],
  ])("%s is refused", (said, refusal) => {
    expect(refusalOf(said)).toContain(`InvalidDuration: ${refusal}`);
  });
});

describe("the role", () => {
  const ofFile = `${usual} assume_role=AUDIT`;

  it.each<[said: string, files: string, role: string, why?: string]>([
    ["", usual, "none"],
    ["assume-role=ADMIN", usual, "ADMIN as me"],
    ["MFA_ASSUME_ROLE=ADMIN", ofFile, "ADMIN as me"],
    ["assume-role=AUDIT MFA_ASSUME_ROLE=ADMIN", usual, "AUDIT as me"],
    ["", ofFile, "AUDIT as me"],
    ["", `${usual} [profile dev-long-term] assume_role=AUDIT`, "AUDIT as me"],
    ["", `${usual} [dev] assume_role=AUDIT`, "none", "it stands with the keys"],
    ["", `${usual} role_arn=AUDIT [dev] role_arn=AUDIT`, "none", "that is for the AWS CLI"],
    ["assume-role='' MFA_ASSUME_ROLE=''", ofFile, "AUDIT as me"],
    [
      "assume-role=ADMIN role-session-name=flag AWS_ROLE_SESSION_NAME=variable",
      usual,
      "ADMIN as flag",
    ],
    ["assume-role=ADMIN AWS_ROLE_SESSION_NAME=variable", usual, "ADMIN as variable"],
    ["role-session-name=x", usual, "none", "nobody looks at it"],
    ["assume-role=ADMIN nameless", usual, "ADMIN as phone", "the device has a name in any case"],
  ])("%s with %s: %s", (said, files, expected) => {
    const { request, role } = planOf(said, files);
    const [name = "", sessionName] = expected.split(" as ");
    expect(role).toBe(words.get(name));
    expect(request.kind === "role" ? request.role.sessionName : undefined).toBe(sessionName);
  });

  it("is asked for with nothing but its ARN, the name and the duration", () => {
    const settings =
      "external_id=xyz source_identity=me session_tags=a=b transitive_session_tags=a";
    const { request } = planOf("", `${ofFile} ${settings} [dev] ${settings} role_session_name=you`);
    expect(request).toMatchObject({
      profile: { name: "dev" },
      source: { kind: "mfa", profile: { name: "dev-long-term" } },
      role: {
        arn: words.get("AUDIT"),
        sessionName: "me",
        seconds: 3600,
        externalId: undefined,
        sourceIdentity: undefined,
        tags: [],
        transitiveTagKeys: [],
      },
    });
  });

  it.each([
    ["assume-role=admin", usual, 'InvalidRoleSetting: --assume-role is "admin"'],
    ["MFA_ASSUME_ROLE=admin", usual, 'InvalidRoleSetting: MFA_ASSUME_ROLE is "admin"'],
    [
      "",
      `${usual} assume_role=admin`,
      'InvalidRoleSetting: assume_role of profile dev-long-term is "admin"',
    ],
    [
      "assume-role=ADMIN role-session-name=a␣b",
      usual,
      'InvalidRoleSetting: --role-session-name is "a b"',
    ],
    [
      "assume-role=ADMIN AWS_ROLE_SESSION_NAME=x",
      usual,
      'InvalidRoleSetting: AWS_ROLE_SESSION_NAME is "x"',
    ],
  ])("%s with %s: %s", (said, files, refusal) => {
    expect(refusalOf(said, files)).toContain(refusal);
  });
});

describe("the sections", () => {
  it.each<[said: string, files: string, longTerm: string, shortTerm: string]>([
    ["", usual, "dev-long-term", "dev"],
    ["short-term-suffix=prod", usual, "dev-long-term", "dev-prod"],
    ["long-term-suffix=keys", "[dev-keys] keys mfa_serial=PHONE", "dev-keys", "dev"],
    [
      "long-term-suffix=none short-term-suffix=mfa",
      "[dev] keys mfa_serial=PHONE",
      "dev",
      "dev-mfa",
    ],
    ["", "[profile dev-long-term] keys mfa_serial=PHONE", "dev-long-term", "dev"],
    [
      "",
      "[profile dev-long-term] credential_process=pass mfa_serial=PHONE",
      "dev-long-term",
      "dev",
    ],
  ])("%s with %s: from [%s] to [%s]", (said, files, longTerm, shortTerm) => {
    const { sections, request } = planOf(said, files);
    expect(sections).toEqual({ longTerm, shortTerm });
    expect(request).toMatchObject({
      profile: { name: longTerm },
      purpose: `profile ${shortTerm}, renewing for 43200 seconds`,
    });
  });

  it.each<[said: string, files: string, refusal: string]>([
    ["long-term-suffix=none", usual, "SameSection: long-term keys and temporary ones"],
    ["short-term-suffix=long-term", usual, "SameSection"],
    ["short-term-suffix=a\u0007", usual, "InvalidSectionName"],
    ["", "", "NoLongTermSection: there is no section [dev-long-term] with the long-term keys."],
    ["long-term-suffix=keys", usual, "NoLongTermSection: there is no section [dev-keys] with"],
    [
      "",
      "[dev-long-term] mfa_serial=PHONE",
      "NoLongTermKeys: profile dev-long-term holds no long-term keys.",
    ],
    ["", `${usual} aws_session_token=t`, "NoLongTermKeys"],
    ["", "[dev-long-term] aws_access_key_id=AKIA mfa_serial=PHONE", "NoLongTermKeys"],
    [
      "short-term-suffix=mfa",
      `${usual} [profile dev-mfa] credential_process=awsmfa␣credential-process␣--profile␣dev`,
      "OwnProcess: profile dev-mfa has its session from awsmfa credential-process",
    ],
  ])("%s with %s: %s", (said, files, refusal) => {
    expect(refusalOf(said, files)).toContain(refusal);
  });

  it("is asked for with what the keys' section has for keys", () => {
    const program = "[profile dev-long-term] credential_process=pass mfa_serial=PHONE";
    expect(mfaRequestOf(planOf("").request)).toMatchObject({
      base: { kind: "long-term", accessKeyId: "AKIA", secretAccessKey: "secret" },
      identity: { base: { accessKeyId: "AKIA" }, endpoint: "aws" },
    });
    expect(mfaRequestOf(planOf("", program).request)).toMatchObject({
      base: { kind: "process", command: "pass" },
      identity: { base: { process: "pass" } },
    });
  });
});

describe("where and how it is asked for", () => {
  it.each<[said: string, files: string, place: Record<string, string | undefined>, why?: string]>([
    ["", usual, { region: "us-east-1" }],
    ["", `${keysOfDev} mfa_serial=CHINA`, { region: "cn-northwest-1" }, "where the device is"],
    ["", `${usual} region=eu-west-1`, { region: "eu-west-1" }],
    ["", `${usual} [dev] region=eu-west-2`, { region: "eu-west-2" }, "most people have it there"],
    ["", `${usual} [profile dev] region=eu-west-2`, { region: "eu-west-2" }],
    [
      "",
      `${usual} region=eu-west-1 [dev] region=eu-west-2`,
      { region: "eu-west-1" },
      "next to the keys first",
    ],
    ["AWS_REGION=eu-west-3", `${usual} region=eu-west-1`, { region: "eu-west-3" }],
    ["", `${usual} [profile dev] endpoint_url=http://b`, { endpointUrl: "http://b" }],
    [
      "",
      `${usual} endpoint_url=http://a [profile dev] endpoint_url=http://b`,
      { endpointUrl: "http://a" },
    ],
    [
      "AWS_ENDPOINT_URL_STS=http://c",
      `${usual} endpoint_url=http://a`,
      { endpointUrl: "http://c" },
    ],
    [
      "",
      `${usual} [dev] services=x [services x] sts= +endpoint_url=http://d`,
      { endpointUrl: "http://d" },
    ],
    ["", `${usual} [profile dev] ca_bundle=/ca`, { caBundle: "/ca" }],
    ["", `${usual} ca_bundle=/own [profile dev] ca_bundle=/ca`, { caBundle: "/own" }],
  ])("%s with %s: %j", (said, files, place) => {
    for (const role of ["", "assume-role=ADMIN"]) {
      expect(mfaRequestOf(planOf(`${said} ${role}`, files).request).sts).toMatchObject(place);
    }
  });

  it.each<[said: string, files: string, command: string | undefined]>([
    ["", usual, undefined],
    ["", `${usual} mfa_process=a`, "a"],
    ["", `${usual} [dev] mfa_process=b`, "b"],
    ["", `${usual} mfa_process=a [dev] mfa_process=b`, "a"],
    ["AWS_MFA_PROCESS=c", `${usual} mfa_process=a`, "c"],
  ])("the code with %s and %s: by %s", (said, files, command) => {
    expect(mfaRequestOf(planOf(said, files).request).mfaProcess).toBe(command);
  });

  it("the target's name does no harm to a terminal", () => {
    const { request } = planOf("short-term-suffix=a\u202eb");
    expect(request.purpose).toBe("profile dev-a?b, renewing for 43200 seconds");
  });
});

describe("whether what is stored will do", () => {
  it.each<[said: string, unfit: unknown]>([
    ["", undefined],
    ["force", { keys: [], until: now }],
    ["assume-role=ADMIN", undefined],
    ["assume-role=ADMIN force", { keys: [], until: now }],
  ])("%s", (said, unfit) => {
    const { request } = planOf(said);
    expect(request.unfit).toEqual(unfit);
    // A role that is forced is assumed anew, but with the session that is there: nobody is asked.
    if (request.kind === "role") expect(request.source.unfit).toBeUndefined();
  });
});
