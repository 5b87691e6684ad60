import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadSharedConfigFiles } from "@smithy/shared-ini-file-loader";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readWithBotocore, readWithOurs, type FilePaths, type Reading } from "./reading.ts";

// A reading is written `profile/key=value, …`, in the order of the alphabet; `profile/` has no settings.

const same: readonly [what: string, config: string, credentials: string, reading: string][] = [
  ["nothing", "", "", ""],
  ["a profile", "[profile a]\nregion = eu-west-1\n", "", "a/region=eu-west-1"],
  ["default", "[default]\nregion=x\noutput = json\n", "", "default/output=json, default/region=x"],
  ["a simple name in quotes", '[profile "a.b"]\nregion = x\n', "", "a.b/region=x"],
  ["whole lines of comment", "# a\n[profile a]\n; b = c\nregion = x\n", "", "a/region=x"],
  ["CRLF", "[profile a]\r\nregion = x\r\n", "", "a/region=x"],
  ["equals signs in a value", "[profile a]\nregion = x=y\n", "", "a/region=x=y"],
  ["a section without `profile`", "[a]\nregion = x\n[profile b]\nregion = y\n", "", "b/region=y"],
  ["credentials", "", "[a]\naws_access_key_id = AKIA\n", "a/aws_access_key_id=AKIA"],
  ["both files", "[profile a]\nx = 1\ny = 2\n", "[a]\ny = 3\n", "a/x=1, a/y=3"],
];

const different: readonly [what: string, config: string, ours: string, sdk: string][] = [
  ["a comment after a value", "[profile a]\nx = y ; z\n", "a/x=y ; z", "a/x=y"],
  ["two spaces in a header", "[profile  a]\nx = y\n", "a/x=y", ""],
  ["a name with a space", '[profile "a b"]\nx = y\n', "a b/x=y", ""],
  ["a name beyond ASCII", "[profile Ünï]\nx = y\n", "Ünï/x=y", ""],
  ["an escape in a name", "[profile a\\ b]\nx = y\n", "a b/x=y", ""],
  ["a word that begins with profile", "[profilex a]\nx = y\n", "a/x=y", ""],
  ["text after a header", "[profile a] b\nx = y\n", "a/x=y", ""],
  ["a colon", "[profile a]\nx: y\n", "a/x=y", ""],
  ["a key in capitals", "[profile a]\nREGION = y\n", "a/region=y", "a/REGION=y"],
  ["a second line of a value", "[profile a]\nx = y\n  z\n", "a/x=y\nz", "a/x=y"],
  ["an indented header", "[profile a]\nx = y\n [profile b]\n", "a/x=y\n[profile b]", "a/x=y"],
  ["a nested block", "[profile a]\ns3 =\n  x = y\n", 'a/s3={"x":"y"}', "a/s3.x=y"],
  ["an empty profile", "[profile a]\n", "a/", ""],
  ["an empty value", "[profile a]\nx =\nregion = y\n", "a/region=y, a/x=", "a/region=y"],
  ["[DEFAULT]", "[DEFAULT]\nx = y\n[profile a]\nz = w\n", "a/x=y, a/z=w", "a/z=w"],
  ["a lone carriage return", "[profile a]\rx = y\r", "a/x=y", ""],
  ["an SSO session", "[sso-session a]\nx = y\n", "", "sso-session.a/x=y"],
  ["services", "[services a]\nsts =\n  x = y\n", "", "services.a/sts.x=y"],
  ["a section twice", "[profile a]\nx = y\n[profile a]\nz = w\n", "refused", "a/x=y, a/z=w"],
  ["a key twice", "[profile a]\nx = y\nx = z\n", "refused", "a/x=z"],
  ["a key without equals sign", "[profile a]\nregion\nx = y\n", "refused", "a/x=y"],
  ["a key before any section", "region = x\n[profile a]\nx = y\n", "refused", "a/x=y"],
  ["a broken nested block", "[profile a]\ns3 =\n  x\nz = w\n", "refused", "a/z=w"],
  ["Latin-1", "[profile a]\nx = Z\u00fcrich\n", "refused", "a/x=Z\ufffdrich"],
  ["a byte order mark", "\ufeff[profile a]\nx = y\n", "refused", "a/x=y"],
];

const home = mkdtempSync(join(tmpdir(), "awsmfa-test-"));
const files = new Map<string, FilePaths>();
for (const [what, config, credentials] of same) files.set(what, write(what, config, credentials));
for (const [what, config] of different) files.set(what, write(what, config));
const byBotocore = new Map<string, Reading>();

beforeAll(async () => {
  const readings = await readWithBotocore([...files.values()], home);
  for (const [index, what] of [...files.keys()].entries()) byBotocore.set(what, readings[index]!);
});

afterAll(() => rmSync(home, { recursive: true, force: true }));

describe("the JavaScript SDK reads what we read", () => {
  it.each(same)("%s", async (what, _config, _credentials, reading) => {
    expect(inWords(readWithOurs(files.get(what)!))).toBe(reading);
    expect(inWords(byBotocore.get(what)!)).toBe(reading);
    expect(await readWithSdk(files.get(what)!)).toBe(reading);
  });
});

describe("the JavaScript SDK differs from botocore, and we do not", () => {
  it.each(different)("%s", async (what, _config, ours, sdk) => {
    expect(inWords(readWithOurs(files.get(what)!))).toBe(ours);
    expect(inWords(byBotocore.get(what)!)).toBe(ours);
    expect(await readWithSdk(files.get(what)!)).toBe(sdk);
  });
});

function write(what: string, config: string, credentials = ""): FilePaths {
  const path = join(home, encodeURIComponent(what));
  const paths = { config: `${path}.config`, credentials: `${path}.credentials` };
  writeFileSync(paths.config, config, what === "Latin-1" ? "latin1" : "utf8");
  writeFileSync(paths.credentials, credentials);
  return paths;
}

async function readWithSdk({ config, credentials }: FilePaths): Promise<string> {
  const { configFile, credentialsFile } = await loadSharedConfigFiles({
    configFilepath: config,
    filepath: credentials,
    ignoreCache: true,
  });
  const names = Object.keys({ ...configFile, ...credentialsFile });
  const merged = names.map((name) => [name, { ...configFile[name], ...credentialsFile[name] }]);
  return inWords({ profiles: Object.fromEntries(merged), keys: {}, services: {} });
}

function inWords(reading: Reading): string {
  if ("error" in reading) return "refused";
  const profiles = Object.entries(reading.profiles).map(([name, settings]) => {
    const values = Object.entries(settings).map(([key, value]) => {
      return `${name}/${key}=${typeof value === "string" ? value : JSON.stringify(value)}`;
    });
    return values.length === 0 ? [`${name}/`] : values;
  });
  return profiles.flat().sort().join(", ");
}
