import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { startLab, type Lab } from "../support/lab.ts";
import { plantRole } from "../support/plant.ts";
import { runAwsmfa, type Ended } from "../support/run.ts";

const complete = (
  lab: Lab,
  words: readonly string[],
  more: Readonly<Record<string, string>> = {},
): Promise<Ended> => runAwsmfa(["complete", "--", ...words], { env: { ...lab.env, ...more } });

const values = ({ stdout }: Ended): string[] =>
  stdout
    .split("\n")
    .slice(0, -1)
    .map((line) => line.split("\t")[0] ?? "");

/** Every file of the home, with its mode and the time of its last change. */
function looks(lab: Lab): string[] {
  return readdirSync(lab.home, { recursive: true })
    .map(String)
    .map((path) => {
      const { mode, mtimeMs, ctimeMs } = statSync(join(lab.home, path));
      return `${path} ${mode} ${mtimeMs} ${ctimeMs}`;
    });
}

const silent = { code: 0, signal: null, stderr: "" };

test("value and description, a line each", async () => {
  await using lab = await startLab();
  const ended = await complete(lab, ["exports", "--shell", "fish", "--s"]);
  expect(ended).toMatchObject(silent);
  expect(ended.stdout).toMatch(/^--profile\t\S.*\n--format\t\S.*\n/);
  expect(await complete(lab, ["exec", "--", "gi"])).toEqual({ ...silent, stdout: "\t2\n" });
});

test("every command of the help, and none that is hidden", async () => {
  await using lab = await startLab();
  const { stdout } = await runAwsmfa(["--help"], { env: lab.env });
  const [, list = ""] = /^Commands:\n((?: .*\n)+)/m.exec(stdout) ?? [];
  const helped = list.match(/^ {2}[a-z-]+/gm)?.map((name) => name.trim());
  expect(helped?.length).toBeGreaterThan(7);
  const offered = values(await complete(lab, [""]));
  expect(offered).toEqual(helped);
  expect(offered).not.toContain("complete");
});

test("profiles of both files, without those that could draw on the terminal", async () => {
  await using lab = await startLab();
  lab.write(
    ".aws/config",
    '[default]\n[profile "my profile"]\n[profile dev]\n[sso-session x]\n[services y]\n[z]\n',
  );
  lab.write(".aws/credentials", "[it's]\n[e\x1b[31mvil]\n[b\u202ead]\n[Ünï]\n[dev]\n");
  const names = ["default", "my profile", "dev", "it's", "Ünï"];
  expect(values(await complete(lab, ["exports", "--profile", ""]))).toEqual(names);
  expect(values(await complete(lab, ["exec", "--profile="]))).toEqual(
    names.map((name) => `--profile=${name}`),
  );
});

test("clean: profiles with a stored session, also those that are in no file any more", async () => {
  await using lab = await startLab();
  await lab.signIn();
  const long = "ü".repeat(100);
  lab.write(".aws/credentials", `[dev]\n[none]\n[${long}]\n`);
  const [stored = ""] = lab.stored();
  const session = readFileSync(join(lab.store, stored));
  for (const name of [
    "gone%20away",
    "%%keys-AKIA",
    "%%tmp-1",
    "of the gem",
    "%nameless",
    "e%1Bvil",
  ]) {
    lab.write(`.aws/aws-mfa-secure-sessions/${name}`, session);
  }
  expect(values(await complete(lab, ["clean", ""])).toSorted()).toEqual(["dev", "gone away"]);
});

test("clean: role profiles with a stored session, in whatever way it was asked for", async () => {
  await using lab = await startLab();
  const [long, longer] = ["ü".repeat(100), "ö".repeat(100)];
  const section = (name: string): string => `[profile ${name}]\n`;
  lab.write(".aws/config", ["dev", "admin", "ad", "my role", long, longer].map(section).join(""));
  for (const name of ["admin", "my role", long, "gone-1234abcd", "e\u001bvil"]) {
    plantRole(lab, [name, "dev"], {});
    plantRole(lab, [name], {});
  }
  const offered = values(await complete(lab, ["clean", ""])).toSorted();
  expect(offered).toEqual(["admin", "gone-1234abcd", "my role", long].toSorted());
  for (const name of offered) {
    const { stdout } = await runAwsmfa(["clean", name], { env: lab.env });
    expect(stdout.match(/Forgot/g)).toHaveLength(2);
  }
});

test.each([
  ["the config file", ".aws/config", "[profile dev\n"],
  ["the credentials file", ".aws/credentials", Buffer.from([0x5b, 0xff, 0x5d])],
])("%s is broken: no profile, no word about it", async (_name, path, contents) => {
  await using lab = await startLab();
  lab.write(path, contents);
  const more = { AWS_MFA_DEBUG: "1" };
  expect(await complete(lab, ["exports", "--profile", ""], more)).toEqual({
    ...silent,
    stdout: "",
  });
  expect(await complete(lab, ["clean", ""], more)).toEqual({ ...silent, stdout: "" });
  expect((await complete(lab, ["cl"], more)).stdout).toContain("clean\t");
});

test("no request, no file made or touched, nothing tightened, nothing said", async () => {
  await using lab = await startLab();
  await lab.signIn();
  const path = lab.write(".aws/aws-mfa-secure-sessions/open", "{}");
  expect(statSync(path).mode & 0o077).not.toBe(0);
  const calls = lab.sandbox.calls.length;
  const before = looks(lab);
  const lines = [
    ["clean", ""],
    ["exports", "--profile", ""],
    ["exec", "--profile", "dev", "--", "ls"],
    [""],
  ];
  for (const words of lines) {
    expect(await complete(lab, words, { AWS_MFA_DEBUG: "1" })).toMatchObject(silent);
  }
  expect(looks(lab)).toEqual(before);
  expect(lab.sandbox.calls).toHaveLength(calls);
});

test.each([
  [["completion"], "missing required argument 'bash|zsh|fish|powershell'"],
  [
    ["completion", "tcsh"],
    "command-argument value 'tcsh' is invalid for argument 'bash|zsh|fish|powershell'. Allowed choices are bash, zsh, fish, powershell.",
  ],
])("%j: 252, which names the shells", async (args, message) => {
  await using lab = await startLab();
  expect(await runAwsmfa(args, { env: lab.env })).toEqual({
    code: 252,
    signal: null,
    stdout: "",
    stderr: `awsmfa: ${message}\n`,
  });
});
