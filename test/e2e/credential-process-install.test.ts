import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { awsCommands, awsmfa, python } from "../support/commands.ts";
import { devSection, keysSection, startLab, type Lab } from "../support/lab.ts";
import { shellOnTerminal, type OnTerminal } from "../support/on-terminal.ts";
import { run, runAwsmfa, type Ended } from "../support/run.ts";

const command = (profile: string): string =>
  `${process.execPath} ${awsmfa} credential-process ${profile}`;

/** The lines of a section that is added to the config file. */
const section = (name: string, profile = "--profile dev"): string =>
  `\n[profile ${name}]\ncredential_process = ${command(profile)}\nregion = us-east-1\n`;

const config = ({ home }: Lab): string => readFileSync(join(home, ".aws/config"), "utf8");

function install(lab: Lab, args: string[], env: Record<string, string> = {}): Promise<Ended> {
  const all = ["credential-process", "--install", ...args];
  return runAwsmfa(all, { env: { ...lab.env, ...env } });
}

const plan = (lab: Lab, name = "dev-mfa"): string => `\
${lab.home}/.aws/config
  + [profile ${name}]
  + credential_process = ${command("--profile dev")}
  + region = us-east-1   (from profile dev)
`;

const usage = (name = "dev-mfa"): string =>
  `From now on:  export AWS_PROFILE=${name}   for aws, and for programs that use an AWS SDK\n`;

/** Without a file beside the two. */
function expectNothingLeft(lab: Lab): void {
  expect(readdirSync(join(lab.home, ".aws")).toSorted()).toEqual(["config", "credentials"]);
}

describe("--install", () => {
  test("--dry-run shows what would be added, and touches nothing", async () => {
    await using lab = await startLab();
    const before = config(lab);
    const ended = await install(lab, ["dev", "--dry-run"]);
    expect(ended).toEqual({ code: 0, signal: null, stderr: "", stdout: plan(lab) });
    expect(config(lab)).toBe(before);
    expectNothingLeft(lab);
  });

  test("--yes adds it and says how to use it; the next one has nothing to do", async () => {
    await using lab = await startLab();
    const before = `# mine\r\n${config(lab)}; end`;
    lab.write(".aws/config", before);
    const ended = await install(lab, ["dev", "--yes"]);
    expect(ended).toEqual({ code: 0, signal: null, stderr: "", stdout: plan(lab) + usage() });
    const after = `${before}\r\n${section("dev-mfa").replaceAll("\n", "\r\n")}`;
    expect(config(lab)).toBe(after);
    const stdout = `${lab.home}/.aws/config\n  [profile dev-mfa]   nothing to do: it is there\n`;
    for (const args of [["--yes"], ["--dry-run"], []]) {
      const again = await install(lab, ["dev", ...args]);
      expect(again).toEqual({ code: 0, signal: null, stderr: "", stdout });
    }
    expect(config(lab)).toBe(after);
    expectNothingLeft(lab);
    expect(lab.sandbox.calls).toEqual([]);
  });

  test("without a terminal: what would be added, 253, and nothing is written", async () => {
    await using lab = await startLab();
    const before = config(lab);
    const ended = await install(lab, ["dev"]);
    expect(ended).toMatchObject({ code: 253, stdout: plan(lab) });
    expect(ended.stderr).toBe(
      "awsmfa: there is no terminal to ask on whether to write this: nothing was written.\n" +
        "  Run it on a terminal, or with --yes, which writes without asking.\n",
    );
    expect(config(lab)).toBe(before);
  });

  test("into the file that AWS_CONFIG_FILE names", async () => {
    await using lab = await startLab();
    const before = config(lab);
    const path = lab.write("my files/config", before);
    const ended = await install(lab, ["dev", "--yes"], { AWS_CONFIG_FILE: path });
    expect(ended.stdout.startsWith(`${path}\n`)).toBe(true);
    expect(readFileSync(path, "utf8")).toBe(before + section("dev-mfa"));
    expect(config(lab)).toBe(before);
  });

  test.each([["--yes"], ["--dry-run"], ["--as", "x"]])(
    "%s alone is a fault of usage",
    async (...args) => {
      await using lab = await startLab();
      const ended = await runAwsmfa(["credential-process", ...args], lab);
      expect(ended).toMatchObject({ code: 252, stdout: "" });
      expect(ended.stderr).toContain("--install <profile>");
    },
  );

  test("of a role: its profile is asked for", async () => {
    await using lab = await startLab();
    const role = "arn:aws:iam::123456789012:role/admin";
    const more = `[profile admin]\nrole_arn = ${role}\nsource_profile = dev\noutput = text\n`;
    lab.write(".aws/config", config(lab) + more);
    expect(await install(lab, ["admin", "--as", "boss", "--yes"])).toMatchObject({ code: 0 });
    expect(config(lab)).toMatch(/\n\n\[profile boss\]\n.* --profile admin\noutput = text\n$/);
  });

  test("what programs would take instead is said", async () => {
    await using lab = await startLab();
    const ended = await install(lab, ["dev", "--yes"], { AWS_ACCESS_KEY_ID: "AKIA" });
    expect(ended).toMatchObject({ code: 0 });
    expect(ended.stderr).toBe(
      "awsmfa: AWS_ACCESS_KEY_ID is set: programs use it, and not profile dev-mfa, unless you unset it.\n",
    );
  });

  test("a device that the environment alone names is said to be needed there", async () => {
    await using lab = await startLab();
    lab.write(".aws/config", "[profile dev]\nregion = us-east-1\n");
    const ended = await install(lab, ["dev", "--yes"], { AWS_MFA_SERIAL: lab.serial });
    expect(ended).toMatchObject({ code: 0, stdout: plan(lab) + usage() });
    expect(ended.stderr).toBe(
      "awsmfa: AWS_MFA_SERIAL names the MFA device: programs need it in their environment, too, or mfa_serial in profile dev.\n",
    );
  });
});

describe("on a terminal", () => {
  function onTerminal(lab: Lab, redirection = ""): OnTerminal {
    // Its last words must get through.
    const script = `trap : INT QUIT; awsmfa credential-process --install dev ${redirection}; echo "status $?"`;
    return shellOnTerminal(script, lab.env);
  }

  test.each(["y", "YES"])("%j adds it", async (answer) => {
    await using lab = await startLab();
    const before = config(lab);
    const terminal = onTerminal(lab, '>"$HOME/out"');
    await terminal.until("Write this? [y/N] ");
    expect(config(lab)).toBe(before);
    terminal.type(`${answer}\r`);
    await terminal.until("status 0");
    expect(readFileSync(join(lab.home, "out"), "utf8")).toBe(plan(lab) + usage());
    expect(config(lab)).toBe(before + section("dev-mfa"));
  });

  test.each([
    ["n", "n\r", 0],
    ["Enter", "\r", 0],
    ["^D", "\x04", 0],
    ["^C", "\x03", 130],
  ])("%s does not", async (_name, typed, status) => {
    await using lab = await startLab();
    const before = config(lab);
    const terminal = onTerminal(lab);
    await terminal.until("Write this? [y/N] ");
    terminal.type(typed);
    if (status === 0) await terminal.until("Nothing was written.");
    await terminal.until(`status ${status}`);
    expect(config(lab)).toBe(before);
    expectNothingLeft(lab);
  });

  test("of a profile that has it by another Node only the command is replaced", async () => {
    await using lab = await startLab();
    const withCommand = (all: string): string =>
      `${config(lab)}[profile "dev-mfa"]   # mine\nregion = eu-north-1\nCREDENTIAL_PROCESS=${all}\noutput = text\n`;
    const gone = "/opt/node18/bin/node /opt/lib/awsmfa.cjs credential-process --profile dev";
    const after = withCommand(command("--profile dev"));
    const before = withCommand(gone);
    lab.write(".aws/config", before);
    const words = `${lab.home}/.aws/config\n  [profile "dev-mfa"]\n  - credential_process = ${gone}\n  + credential_process = ${command("--profile dev")}\n`;
    expect(await install(lab, ["dev", "--dry-run"])).toMatchObject({ code: 0, stdout: words });
    expect(config(lab)).toBe(before);
    const ended = await install(lab, ["dev", "--yes"]);
    expect(ended).toMatchObject({ code: 0, stderr: "", stdout: expect.stringContaining(words) });
    expect(config(lab)).toBe(after);
    expectNothingLeft(lab);
  });

  test("from a project, or by npx, it is said that the path may go", async () => {
    await using lab = await startLab();
    const bin = join(lab.home, "app/node_modules/.bin");
    mkdirSync(bin, { recursive: true });
    symlinkSync(awsmfa, join(bin, "awsmfa"));
    lab.write("app/package.json", "{}");
    const args = [join(bin, "awsmfa"), "credential-process", "--install", "dev", "--yes"];
    const ended = await run(process.execPath, args, lab);
    expect(ended).toMatchObject({ code: 0, stderr: expect.stringContaining(`awsmfa: ${bin}`) });
    expect(ended.stderr).toContain("this profile stops working.");
  });

  test("nobody is asked for a file that cannot be written", async () => {
    await using lab = await startLab();
    const terminal = shellOnTerminal(
      `ln -s nowhere "$HOME/link"; AWS_CONFIG_FILE="$HOME/link" AWS_MFA_SERIAL=${lab.serial} awsmfa credential-process --install dev; echo "status $?"`,
      lab.env,
    );
    await terminal.until("is a link to a file that does not exist: nothing was written.");
    await terminal.until("status 253");
    expect(terminal.shown).not.toContain("[y/N]");
  });

  test.each([
    ["by the same name", "[profile 'dev-mfa']\nregion = x\n", 253],
    ["by another name", "[profile more]\nregion = x\n", 0],
  ])("a profile that comes meanwhile, %s", async (_what, more, status) => {
    await using lab = await startLab();
    const before = config(lab) + more;
    const terminal = onTerminal(lab);
    await terminal.until("Write this? [y/N] ");
    lab.write(".aws/config", before);
    terminal.type("y\r");
    if (status === 253) await terminal.until("has changed meanwhile: nothing was written.");
    await terminal.until(`status ${status}`);
    expect(config(lab)).toBe(status === 0 ? before + section("dev-mfa") : before);
  });
});

describe("is refused", () => {
  const own = `[profile own]\ncredential_process = awsmfa credential-process --profile dev\n`;
  test.each<[what: string, args: string[], more: (lab: Lab) => string, says: string]>([
    ["an unknown profile", ["prod"], () => "", "there is no profile prod.\n  Check --profile"],
    [
      "an empty name, which stands for none on a command line",
      [""],
      ({ sandbox, serial }) =>
        devSection(serial, '""') + keysSection("", sandbox.user("alice")).replace("[]\n", ""),
      'there is no profile "".\n',
    ],
    [
      "a profile without a device",
      ["plain"],
      ({ sandbox }) => `CREDENTIALS${keysSection("plain", sandbox.user("alice"))}`,
      "there is no MFA session for profile plain: the profile has no mfa_serial.\n  Name the device in it: aws configure set mfa_serial",
    ],
    [
      "a profile without keys",
      ["empty"],
      () => "[profile empty]\nregion = x\n",
      "there is no MFA session for profile empty: the profile has no access keys.\n",
    ],
    [
      "a profile that signs in otherwise",
      ["sso"],
      () => "[profile sso]\nsso_session = s\n",
      "there is no MFA session for profile sso: the profile signs in by SSO",
    ],
    [
      "a device that can be none",
      ["odd"],
      ({ sandbox }) =>
        `[profile odd]\nmfa_serial = my phone\nCREDENTIALS${keysSection("odd", sandbox.user("alice"))}`,
      'mfa_serial of profile odd is "my phone", which is not',
    ],
    [
      "a profile that asks us",
      ["own"],
      () => own,
      "profile own has its keys from awsmfa credential-process already.\n  Use it as it is",
    ],
    [
      "a role from such a profile",
      ["role"],
      ({ serial }) =>
        `${own}[profile role]\nrole_arn = arn:aws:iam::123456789012:role/admin\nsource_profile = own\nmfa_serial = ${serial}\n`,
      "profile own has its keys from awsmfa credential-process already.\n",
    ],
    ["its own name", ["dev", "--as", "dev"], () => "", "profile dev cannot be both"],
    ["a name that can be none", ["dev", "--as", "a\tb"], () => "", '"a?b" cannot name a profile'],
    [
      "a profile that is there already",
      ["dev"],
      () => "[profile dev-mfa]\nregion = us-east-1\n",
      "[profile dev-mfa] of HOME/.aws/config is there already, with another credential_process.\n  Name another profile by --as",
    ],
    [
      "keys that would come first",
      ["dev"],
      ({ sandbox }) => `CREDENTIALS${keysSection("dev-mfa", sandbox.user("alice"))}`,
      "[dev-mfa] of HOME/.aws/credentials holds keys, which programs would use in place of the session.\n  Name another profile by --as",
    ],
    [
      "a file that the AWS CLI cannot read",
      ["dev"],
      () => "[profile dev]\n",
      "HOME/.aws/config, line 4: the section of line 1 once more.",
    ],
  ])("%s", async (_what, args, more, says) => {
    await using lab = await startLab();
    const [inConfig = "", inCredentials = ""] = more(lab).split("CREDENTIALS");
    lab.write(".aws/config", config(lab) + inConfig);
    const credentials = keysSection("dev", lab.sandbox.user("alice")) + inCredentials;
    lab.write(".aws/credentials", credentials);
    const before = config(lab);
    const ended = await install(lab, [...args, "--yes"]);
    expect(ended).toMatchObject({ code: 253, stdout: "" });
    expect(ended.stderr.replaceAll(lab.home, "HOME")).toContain(`awsmfa: ${says}`);
    expect(config(lab)).toBe(before);
    expectNothingLeft(lab);
  });
});

describe("afterwards", () => {
  /** What an SDK has nobody to ask for. */
  const withCode = (lab: Lab): Record<string, string> => ({
    ...lab.env,
    AWS_MFA_TOKEN: lab.sandbox.freshCode("alice"),
  });

  test.each(["it's", "a b", "$x", "-p", "ünï", "# a ;b", 'a"b\\'])(
    "the real aws works by a profile for %j",
    async (name) => {
      await using lab = await startLab();
      lab.write(".aws/credentials", keysSection(name, lab.sandbox.user("alice")));
      const header = JSON.stringify(name);
      lab.write(".aws/config", devSection(lab.serial).replace("dev", header));
      const as = /[#;]/.test(name) ? "plain" : `${name}-mfa`;
      const args = as === "plain" ? ["--as", as] : [];
      const ended = await install(lab, [name, ...args, "--yes"]);
      expect(ended).toMatchObject({ code: 0, stderr: "" });
      const [aws] = awsCommands;
      const asIts = `--profile=${as}`;
      const region = await run(aws!.path, ["configure", "get", "region", asIts], lab);
      expect(region).toMatchObject({ code: 0, stdout: "us-east-1\n" });
      const endpoint = ["--endpoint-url", lab.sandbox.url];
      const call = ["sts", "get-caller-identity", "--output", "json", asIts, ...endpoint];
      const identity = await run(aws!.path, call, { env: withCode(lab) });
      expect(identity).toMatchObject({ code: 0, stderr: "" });
      expect(identity.stdout).toContain(":user/alice");
    },
  );

  test("boto3 has the session, and a second program has the same", async () => {
    await using lab = await startLab();
    await install(lab, ["dev", "--as", "my dev", "--yes"]);
    const program =
      "import boto3; session = boto3.Session(profile_name='my dev'); print(session.get_credentials().access_key, session.region_name)";
    const first = await run(python, ["-c", program], { env: withCode(lab) });
    expect(first).toMatchObject({ code: 0, stderr: "" });
    expect(first.stdout).toMatch(/^ASIA\w+ us-east-1\n$/);
    expect(await run(python, ["-c", program], lab)).toEqual(first);
  });

  test("keys stay where they are", async () => {
    await using lab = await startLab();
    await install(lab, ["dev", "--yes"]);
    const path = join(lab.home, ".aws/credentials");
    expect(readFileSync(path, "utf8")).toBe(keysSection("dev", lab.sandbox.user("alice")));
    expect(existsSync(`${path}.awsmfa-backup`)).toBe(false);
    expect(config(lab)).not.toContain("aws_access_key_id");
  });
});
