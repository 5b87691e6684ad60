import { describe, expect, it } from "vitest";
import { parseIni } from "../../../src/core/aws-files/ini.ts";
import { profileFiles, type ProfileFiles } from "../../../src/core/aws-files/profile.ts";
import { describeMigration } from "../../../src/core/migrate/describe-migration.ts";
import { devicesOfOption, devicesOfVariable } from "../../../src/core/migrate/given-device.ts";
import {
  laidOutSections,
  type LaidOutSection,
} from "../../../src/core/migrate/laid-out-sections.ts";
import {
  changesOf,
  planMigration,
  withoutDevice,
  type SectionMigration,
} from "../../../src/core/migrate/migration.ts";
import { nextSteps } from "../../../src/core/migrate/next-steps.ts";

// How the tables are written, a case a line:
// - sections and their settings are parted by spaces, ␣ is a space in one, ⏎ a line end;
// - own, temporary and half in a section are key pairs named after it;
// - PHONE and TABLET are devices;
// - a last column says why.

const phone = "arn:aws:iam::123456789012:mfa/phone";
const tablet = "arn:aws:iam::123456789012:mfa/tablet";

function textOf(text: string): string {
  let section = "";
  const lines = text.split(" ").flatMap((word) => {
    if (word.startsWith("[")) section = word.slice(1, -1);
    const half = `aws_access_key_id=AKIA-${section}`;
    const own = `${half} aws_secret_access_key=secret-of-${section}`;
    if (word === "half") return half;
    if (word === "own") return own.split(" ");
    return word === "temporary" ? `${own} aws_session_token=token`.split(" ") : word;
  });
  const written = lines.join("\n").replaceAll("␣", " ").replaceAll("⏎", "\n");
  return written.replaceAll("PHONE", phone).replaceAll("TABLET", tablet);
}

interface Read {
  files: ProfileFiles;
  sections: LaidOutSection[];
}

function read(credentials: string, config: string): Read {
  const document = parseIni(textOf(credentials));
  const files = profileFiles(parseIni(textOf(config)), document);
  return { files, sections: laidOutSections(document, files) };
}

const awsMfa = (name: string, accessKeyId: string): LaidOutSection => ({
  name,
  tool: "aws-mfa",
  accessKeyId,
  shortTerm: undefined,
});

describe("laid out for another tool", () => {
  it.each<[credentials: string, sections: string, why?: string]>([
    ["[dev-long-term] own", "dev-long-term: aws-mfa, for dev"],
    ["[dev] temporary [dev-long-term] own", "dev-long-term: aws-mfa, for dev"],
    ["[dev-long-term] own mfa_serial=PHONE", "dev-long-term: aws-mfa, for dev"],
    ["[default-long-term] own", "default-long-term: aws-mfa, for default"],
    ["[my␣dev-long-term] own", "my dev-long-term: aws-mfa, for my dev"],
    ["[dev-lt] own aws_mfa_device=PHONE", "dev-lt: aws-mfa", "a suffix of one's own"],
    ["[org] own aws_mfa_device=PHONE", "org: aws-mfa", "the suffix none"],
    ["[org] own aws_mfa_device=PHONE [org-mfa] temporary", "org: aws-mfa", "its own key tells"],
    ["[org] own AWS_MFA_Device:PHONE", "org: aws-mfa", "configparser ignores case"],
    ["[DEFAULT] aws_mfa_device=PHONE [org] own", "org: aws-mfa", "all sections inherit"],
    ["[dev] own [dev-mfa] temporary", "dev: aws-mfa-credentials"],
    ["[default-mfa] temporary [default] own", "default: aws-mfa-credentials"],
    [
      "[a-long-term] own [b] own [b-mfa] temporary",
      "a-long-term: aws-mfa, for a; b: aws-mfa-credentials",
    ],
    ["", ""],
    ["[dev] own", "", "nobody else's"],
    ["[dev] own mfa_serial=PHONE", "", "ours"],
    ["[dev] own aws_mfa_device=", "", "names none"],
    ["[dev] own [dev-mfa] own", "", "dev-mfa is somebody of its own"],
    ["[dev] own [dev-mfa] region=x", ""],
    ["[dev-mfa] temporary", "", "no keys to ask with"],
    ["[dev-long-term] temporary", ""],
    ["[dev-long-term] half", "", "aws would refuse it"],
    ["[dev-long-term] region=x", ""],
    ["[-long-term] own", "", "of no profile"],
    ["[long-term] own", ""],
    ["[DEFAULT] aws_session_token=x [dev-long-term] own", "", "temporary, then"],
  ])("%s: %s", (credentials, expected) => {
    const { sections } = read(credentials, "");
    const shown = sections.map(({ name, tool, shortTerm }) =>
      shortTerm === undefined ? `${name}: ${tool}` : `${name}: ${tool}, for ${shortTerm}`,
    );
    expect(shown.join("; ")).toBe(expected);
  });
});

describe("what is to change", () => {
  const shown = (one: SectionMigration): string => {
    if (one.kind === "unknown-device") return one.fault === undefined ? "unknown" : one.fault.code;
    if (one.kind === "ready") return one.otherDevice === undefined ? "ready" : "ready, differs";
    return one.additions
      .map(({ key, value, from }) => `${key}=${value} (${from})`)
      .join(", ")
      .replaceAll(phone, "PHONE");
  };

  it.each<[credentials: string, config: string, expected: string, why?: string]>([
    ["[dev-long-term] own", "", "unknown"],
    ["[dev-long-term] own aws_mfa_device=PHONE", "", "mfa_serial=PHONE (aws_mfa_device)"],
    ["[dev] own [dev-mfa] temporary", "", "unknown"],
    ["[dev-long-term] own mfa_serial=PHONE", "", "ready"],
    ["[dev-long-term] own", "[profile␣dev-long-term] mfa_serial=PHONE", "ready"],
    ["[dev-long-term] own mfa_serial=PHONE aws_mfa_device=PHONE", "", "ready"],
    ["[dev-long-term] own mfa_serial=PHONE aws_mfa_device=TABLET", "", "ready, differs"],
    [
      "[dev-long-term] own mfa_serial= aws_mfa_device=PHONE",
      "[profile␣dev-long-term] mfa_serial=TABLET",
      "mfa_serial=PHONE (aws_mfa_device)",
      "the empty one wins",
    ],
    [
      "[dev-long-term] own aws_mfa_device=PHONE",
      "[profile␣dev] region=eu-west-1 output=text ca_bundle=/ca cli_pager=x",
      "mfa_serial=PHONE (aws_mfa_device), region=eu-west-1 (profile dev), output=text (profile dev), ca_bundle=/ca (profile dev)",
    ],
    [
      "[dev-long-term] own aws_mfa_device=PHONE [dev] temporary region=eu-west-1",
      "",
      "mfa_serial=PHONE (aws_mfa_device), region=eu-west-1 (profile dev)",
    ],
    [
      "[default-long-term] own aws_mfa_device=PHONE",
      "[default] region=eu-west-1",
      "mfa_serial=PHONE (aws_mfa_device), region=eu-west-1 (profile default)",
    ],
    [
      "[dev-long-term] own aws_mfa_device=PHONE region=us-east-1",
      "[profile␣dev] region=eu-west-1",
      "mfa_serial=PHONE (aws_mfa_device)",
    ],
    [
      "[dev-long-term] own aws_mfa_device=PHONE",
      "[profile␣dev] region=eu-west-1 [profile␣dev-long-term] region=us-east-1",
      "mfa_serial=PHONE (aws_mfa_device)",
    ],
    [
      "[dev-long-term] own aws_mfa_device=PHONE",
      "[profile␣dev] region=⏎␣a=b output=",
      "mfa_serial=PHONE (aws_mfa_device)",
      "no region",
    ],
    [
      "[dev-lt] own aws_mfa_device=PHONE",
      "[profile␣dev] region=eu-west-1",
      "mfa_serial=PHONE (aws_mfa_device)",
      "nothing says whose it is",
    ],
    ["[dev-long-term] own aws_mfa_device=phone", "", "InvalidSerial"],
    ["[dev] own aws_mfa_device=arn:aws:iam::1:u2f/user/a/key", "", "PasskeyDevice"],
    ["[dev-long-term] own aws_mfa_device=PHONE⏎␣more", "", "InvalidSerial"],
  ])("%s, %s: %s", (credentials, config, expected) => {
    const { sections, files } = read(credentials, config);
    const plan = planMigration(sections, files, new Map());
    expect(plan.map(shown).join("; ")).toBe(expected);
  });

  it("a device that is given serves all sections with those keys, but none that has its own", () => {
    const { sections, files } = read(
      "[a-long-term] own [b-long-term] aws_access_key_id=AKIA-a-long-term aws_secret_access_key=s [c-long-term] own [d-long-term] own aws_mfa_device=PHONE",
      "",
    );
    const device = { serial: tablet, setting: "--device", profile: undefined };
    const plan = planMigration(sections, files, new Map([["AKIA-a-long-term", device]]));
    expect(withoutDevice(plan).map(({ name }) => name)).toEqual(["c-long-term"]);
    expect([...changesOf(plan)].map(([name, keys]) => [name, [...keys]])).toEqual([
      ["a-long-term", [["mfa_serial", tablet]]],
      ["b-long-term", [["mfa_serial", tablet]]],
      ["d-long-term", [["mfa_serial", phone]]],
    ]);
  });
});

describe("--device", () => {
  it.each<[lacking: LaidOutSection[], areNamed: boolean, keys: string[]]>([
    [[awsMfa("a", "AKIA1")], false, ["AKIA1"]],
    [[awsMfa("a", "AKIA1"), awsMfa("b", "AKIA1")], false, ["AKIA1"]],
    [[{ ...awsMfa("a", "AKIA1"), tool: "aws-mfa-credentials" }], false, ["AKIA1"]],
    [[awsMfa("a", "AKIA1"), awsMfa("b", "AKIA2")], true, ["AKIA1", "AKIA2"]],
    [[], false, []],
  ])("%j, named: %j: %j", (lacking, areNamed, keys) => {
    expect([...devicesOfOption(phone, lacking, areNamed).keys()]).toEqual(keys);
  });

  it.each<[serial: string, lacking: LaidOutSection[], says: string]>([
    ["phone", [awsMfa("a", "AKIA1")], '--device is "phone", which is not the serial'],
    ["phone", [], '--device is "phone", which is not the serial'],
    [phone, [awsMfa("a", "AKIA1"), awsMfa("b c", "AKIA2")], "the keys of [a] and [b c] differ"],
  ])("%s, %j: an error", (serial, lacking, says) => {
    expect(() => devicesOfOption(serial, lacking, false)).toThrow(says);
  });
});

describe("MFA_DEVICE", () => {
  const other: LaidOutSection = { ...awsMfa("c", "AKIA3"), tool: "aws-mfa-credentials" };

  it.each<[serial: string, lacking: LaidOutSection[], keys: string[], why?: string]>([
    [phone, [awsMfa("a", "AKIA1")], ["AKIA1"]],
    [phone, [awsMfa("a", "AKIA1"), awsMfa("b", "AKIA1")], ["AKIA1"]],
    [phone, [awsMfa("a", "AKIA1"), other], ["AKIA1"], "a variable of aws-mfa"],
    [phone, [other], []],
    [phone, [awsMfa("a", "AKIA1"), awsMfa("b", "AKIA2")], [], "of either"],
    ["phone", [awsMfa("a", "AKIA1")], [], "no device"],
    ["", [awsMfa("a", "AKIA1")], []],
    [phone, [], []],
  ])("%j, %j: %j", (MFA_DEVICE, lacking, keys) => {
    expect([...devicesOfVariable({ MFA_DEVICE }, lacking).keys()]).toEqual(keys);
  });
});

describe("what is shown", () => {
  const { sections, files } = read(
    "[dev-long-term] own aws_mfa_device=PHONE [dev] temporary [prod-long-term] own mfa_serial=PHONE aws_mfa_device=TABLET [ops] own [ops-mfa] temporary [bad] own aws_mfa_device=phone",
    "[profile␣dev] region=eu-west-1 [profile␣admin] source_profile=dev role_arn=x [profile␣audit] source_profile=dev",
  );
  const plan = planMigration(sections, files, new Map());

  it("a plan", () => {
    expect(describeMigration(plan).join("\n")).toBe(`\
  [dev-long-term]   laid out for aws-mfa
    + mfa_serial = arn:aws:iam::123456789012:mfa/phone   (from aws_mfa_device)
    + region = eu-west-1   (from profile dev)
  [prod-long-term]   nothing to do: mfa_serial is there
    ! it is phone, but aws_mfa_device is tablet: both stay
  [ops]   laid out for aws-mfa-credentials
    ? mfa_serial: not known yet (--device names it)
  [bad]   laid out for aws-mfa
    ! aws_mfa_device of profile bad is "phone", which is not the serial of an MFA device.
    ? mfa_serial: not known yet (--device names it)`);
  });

  it("how to go on", () => {
    expect(nextSteps(plan, files)).toEqual([
      "From now on:  awsmfa session --profile dev-long-term s3 ls",
      "or:           export AWS_PROFILE=dev-long-term",
      "awsmfa refresh replaces aws-mfa, with the same options.",
      "For session to serve admin, audit: source_profile = dev-long-term there.",
    ]);
  });

  it("nothing that could move the cursor, and names as a shell takes them", () => {
    const odd = read("[my␣\u001b[31mdev's-long-term] own aws_mfa_device=PHONE", "");
    const oddPlan = planMigration(odd.sections, odd.files, new Map());
    const shown = [...describeMigration(oddPlan), ...nextSteps(oddPlan, odd.files)].join("\n");
    expect(shown).not.toContain("\u001b");
    expect(shown).toContain("export AWS_PROFILE='my ?[31mdev'\\''s-long-term'");
  });
});
