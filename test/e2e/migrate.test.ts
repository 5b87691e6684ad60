import { execFileSync } from "node:child_process";
import { appendFileSync, existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { MfaDevice, SandboxOptions } from "../../src/sandbox/sandbox.ts";
import { awsmfa, python } from "../support/commands.ts";
import { keysSection, startLab, type Lab } from "../support/lab.ts";
import { childOf, shellOnTerminal, type OnTerminal } from "../support/on-terminal.ts";
import { unprivileged } from "../support/own-mount.ts";
import { runAwsmfa, type Ended } from "../support/run.ts";

const phone = "arn:aws:iam::123456789012:mfa/phone";
const tablet = "arn:aws:iam::123456789012:mfa/tablet";

const passkey: MfaDevice = {
  serial: "arn:aws:iam::123456789012:u2f/user/alice/key",
  secret: "JBSWY3DPEHPK3PXP",
};

const users: SandboxOptions = {
  users: [
    { name: "alice", devices: ["phone"] },
    { name: "bob", devices: ["tablet"] },
  ],
};

/** Keys that somebody else has got from AWS. */
const temporary = (name: string): string =>
  `[${name}]\naws_access_key_id = ASIAOLD\naws_secret_access_key = old\naws_session_token = old\n`;

/** Alice's keys as aws-mfa wants them. */
const ofAwsMfa = (lab: Lab): string =>
  `# work\n${keysSection("dev-long-term", lab.sandbox.user("alice"))}aws_mfa_device = ${phone}\n\n${temporary("dev")}expiration = 2020-01-01 00:00:00\nassumed_role = False\n`;

/** The same after the migration. */
const migrated = (lab: Lab): string =>
  ofAwsMfa(lab).replace(
    `aws_mfa_device = ${phone}\n`,
    `aws_mfa_device = ${phone}\nmfa_serial = ${phone}\nregion = eu-west-1\n`,
  );

/** A lab with these credentials, and a region for profile dev. */
async function startWith(
  credentials: (lab: Lab) => string,
  options?: SandboxOptions,
): Promise<Lab> {
  const lab = await startLab(options);
  lab.write(".aws/config", "[profile dev]\nregion = eu-west-1\n");
  lab.write(".aws/credentials", credentials(lab));
  return lab;
}

const file = ({ home }: Lab): string => readFileSync(join(home, ".aws/credentials"), "utf8");
const backup = ({ home }: Lab): string => join(home, ".aws/credentials.awsmfa-backup");

/** Runs `migrate` without a terminal; nothing that it prints may be a secret. */
async function migrate(lab: Lab, args: string[], env: Record<string, string> = {}): Promise<Ended> {
  const ended = await runAwsmfa(["migrate", ...args], { env: { ...lab.env, ...env } });
  expectNoSecrets(lab, ended.stdout + ended.stderr);
  return ended;
}

function expectNoSecrets({ sandbox }: Lab, shown: string): void {
  for (const { accessKeyId, secretAccessKey } of sandbox.users) {
    expect(shown).not.toContain(accessKeyId);
    expect(shown).not.toContain(secretAccessKey);
  }
}

function migrateOnTerminal(lab: Lab, args = ""): OnTerminal {
  // Its last words must get through.
  const script = `trap : INT QUIT; awsmfa migrate ${args}; echo "status $?"`;
  return shellOnTerminal(script, lab.env);
}

const plan = (lab: Lab): string => `\
${lab.home}/.aws/credentials
  [dev-long-term]   laid out for aws-mfa
    + mfa_serial = ${phone}   (from aws_mfa_device)
    + region = eu-west-1   (from profile dev)
`;

const nothingToDo = (lab: Lab): string =>
  `${lab.home}/.aws/credentials\n  [dev-long-term]   nothing to do: mfa_serial is there\n`;

const howToGoOn = (lab: Lab): string => `\
${backup(lab)} holds the file as it was before.
From now on:  awsmfa session --profile dev-long-term s3 ls
or:           export AWS_PROFILE=dev-long-term
awsmfa refresh replaces aws-mfa, with the same options.
`;

describe("a file of aws-mfa", () => {
  test("a section is known by its profile's name as well", async () => {
    await using lab = await startWith(ofAwsMfa);
    expect(await migrate(lab, ["--yes", "dev"])).toMatchObject({ code: 0 });
    expect(file(lab)).toBe(migrated(lab));
    expect(await migrate(lab, ["--yes", "prod"])).toMatchObject({
      code: 253,
      stderr: expect.stringContaining("[prod] of"),
    });
  });

  test("an mfa_serial that can be none is said", async () => {
    const spoilt = (lab: Lab): string =>
      migrated(lab).replace(`mfa_serial = ${phone}`, "mfa_serial = my phone");
    await using lab = await startWith(spoilt);
    const ended = await migrate(lab, ["--yes"]);
    expect(ended.code).toBe(0);
    expect(ended.stdout).toContain(
      '! mfa_serial of profile dev-long-term is "my phone", which is not',
    );
    expect(file(lab)).toBe(spoilt(lab));
  });

  test("--dry-run shows what would change, and touches nothing", async () => {
    await using lab = await startWith(ofAwsMfa);
    const ended = await migrate(lab, ["--dry-run"]);
    expect(ended).toEqual({ code: 0, signal: null, stderr: "", stdout: plan(lab) });
    expect(file(lab)).toBe(ofAwsMfa(lab));
    expect(readdirSync(join(lab.home, ".aws")).toSorted()).toEqual(["config", "credentials"]);
  });

  test("--yes writes, keeps a copy and says how to go on; the next one has nothing to do", async () => {
    await using lab = await startWith(ofAwsMfa);
    const ended = await migrate(lab, ["--yes"]);
    const stdout = plan(lab) + howToGoOn(lab);
    expect(ended).toEqual({ code: 0, signal: null, stderr: "", stdout });
    expect(file(lab)).toBe(migrated(lab));
    expect(readFileSync(backup(lab), "utf8")).toBe(ofAwsMfa(lab));
    for (const args of [["--yes"], ["--dry-run"], []]) {
      const again = await migrate(lab, args);
      expect(again).toEqual({ code: 0, signal: null, stderr: "", stdout: nothingToDo(lab) });
    }
    expect(file(lab)).toBe(migrated(lab));
    expect(existsSync(`${backup(lab)}-2`)).toBe(false);
    expect(lab.sandbox.calls).toEqual([]);
  });

  test("without a terminal: the plan, 253, and nothing is written", async () => {
    await using lab = await startWith(ofAwsMfa);
    const ended = await migrate(lab, []);
    expect(ended).toMatchObject({ code: 253, stdout: plan(lab) });
    expect(ended.stderr).toBe(
      "awsmfa: there is no terminal to ask on whether to write this: nothing was written.\n" +
        "  Run it on a terminal, or with --yes, which writes without asking.\n",
    );
    expect(file(lab)).toBe(ofAwsMfa(lab));
  });

  test.each(["y", "Y", " yes "])("on a terminal, %j writes", async (answer) => {
    await using lab = await startWith(ofAwsMfa);
    const terminal = migrateOnTerminal(lab, '>"$HOME/out"');
    await terminal.until("Write this? [y/N] ");
    terminal.type(`${answer}\r`);
    await terminal.until("status 0");
    const shown = terminal.shown.replaceAll(/\x1b\[\d*[GJ]|\r(?=\r)/g, "");
    expect(shown).toBe(`Write this? [y/N] ${answer}\r\nstatus 0\r\n`);
    expect(readFileSync(join(lab.home, "out"), "utf8")).toBe(plan(lab) + howToGoOn(lab));
    expect(file(lab)).toBe(migrated(lab));
  });

  test.each([
    ["n", "n\r", 0],
    ["Enter", "\r", 0],
    ["anything else", "yup\r", 0],
    ["^D", "\x04", 0],
    ["^C", "\x03", 130],
    ["^\\", "\x1c", 131],
  ])("on a terminal, %s does not", async (_name, typed, status) => {
    await using lab = await startWith(ofAwsMfa);
    const terminal = migrateOnTerminal(lab);
    await terminal.until("Write this? [y/N] ");
    terminal.type(typed);
    if (status === 0) await terminal.until("Nothing was written.");
    await terminal.until(`status ${status}`);
    expect(file(lab)).toBe(ofAwsMfa(lab));
    expect(existsSync(backup(lab))).toBe(false);
  });

  test("comments, spacing and CRLF stay", async () => {
    const odd = (lab: Lab): string => {
      const { accessKeyId, secretAccessKey } = lab.sandbox.user("alice");
      return `; mine\r\n[ other ]\r\n\r\n[dev-long-term]\r\nAWS_Access_Key_ID:${accessKeyId}\r\naws_secret_access_key=${secretAccessKey}\r\n# the phone\r\nAWS_MFA_DEVICE :  ${phone}\r\n\r\n; end`;
    };
    await using lab = await startWith(odd);
    expect((await migrate(lab, ["--yes"])).code).toBe(0);
    const device = `AWS_MFA_DEVICE :  ${phone}\r\n`;
    expect(file(lab)).toBe(
      odd(lab).replace(device, `${device}mfa_serial = ${phone}\r\nregion = eu-west-1\r\n`),
    );
  });

  test("then session works with the real aws, and the old keys are as they were", async () => {
    await using lab = await startWith(ofAwsMfa);
    await migrate(lab, ["--yes"]);
    const env = { ...lab.env, AWS_MFA_TOKEN: lab.sandbox.freshCode("alice") };
    const args = ["--profile", "dev-long-term", "sts", "get-caller-identity", "--output", "json"];
    const ended = await runAwsmfa(["session", ...args], { env });
    expect(ended).toMatchObject({ code: 0, stderr: "" });
    expect(ended.stdout).toContain(":user/alice");
    const region = ["configure", "get", "region", "--profile", "dev-long-term"];
    const found = await runAwsmfa(["session", ...region], lab);
    expect(found.stdout).toBe("eu-west-1\n");
    // As aws-mfa reads them.
    const script = [
      "import configparser, sys",
      "config = configparser.RawConfigParser()",
      "config.read(sys.argv[1])",
      "for key in ['aws_access_key_id', 'aws_secret_access_key', 'aws_mfa_device']:",
      "    print(config.get('dev-long-term', key))",
      "print(config.get('dev', 'expiration'))",
    ].join("\n");
    const path = join(lab.home, ".aws/credentials");
    const { accessKeyId, secretAccessKey } = lab.sandbox.user("alice");
    expect(execFileSync(python, ["-c", script, path], { encoding: "utf8" })).toBe(
      `${accessKeyId}\n${secretAccessKey}\n${phone}\n2020-01-01 00:00:00\n`,
    );
  });

  test("roles are served once their profiles name the other section", async () => {
    await using lab = await startWith(ofAwsMfa);
    const role =
      "[profile admin]\nrole_arn = arn:aws:iam::123456789012:role/admin\nregion = us-east-1\n";
    lab.write(".aws/config", `${role}source_profile = dev\n`);
    const { stdout } = await migrate(lab, ["--yes"]);
    const advice = "For session to serve admin: source_profile = dev-long-term there.\n";
    expect(stdout.endsWith(advice)).toBe(true);
    lab.write(".aws/config", `${role}source_profile = dev-long-term\n`);
    const env = { ...lab.env, AWS_MFA_TOKEN: lab.sandbox.freshCode("alice") };
    const args = ["--profile", "admin", "sts", "get-caller-identity"];
    const ended = await runAwsmfa(["session", ...args], { env });
    expect(ended).toMatchObject({ code: 0, stderr: "" });
    expect(ended.stdout).toContain(":assumed-role/admin/phone");
  });

  test("the files that variables name are read and written", async () => {
    await using lab = await startWith(ofAwsMfa);
    const elsewhere = lab.write("my files/keys", ofAwsMfa(lab));
    const config = lab.write("my files/config", "[profile dev]\noutput = text\n");
    const ended = await migrate(lab, ["--yes"], {
      AWS_SHARED_CREDENTIALS_FILE: elsewhere,
      AWS_CONFIG_FILE: config,
    });
    expect(ended.code).toBe(0);
    expect(ended.stdout).toContain(`${elsewhere}.awsmfa-backup holds the file as it was before.\n`);
    expect(readFileSync(elsewhere, "utf8")).toContain(`\nmfa_serial = ${phone}\noutput = text\n`);
    expect(file(lab)).toBe(ofAwsMfa(lab));
  });
});

describe("while it asks, the file changes", () => {
  test.each([
    ["that section", `[dev-long-term]\nregion = x\n`, 253],
    ["another one", `[more]\nregion = x\n`, 0],
  ])("in %s", async (_name, change, status) => {
    await using lab = await startWith(ofAwsMfa);
    const terminal = migrateOnTerminal(lab);
    await terminal.until("Write this? [y/N] ");
    const [header = "", setting = ""] = change.split("\n");
    const now = file(lab).includes(header)
      ? file(lab).replace(`${header}\n`, `${header}\n${setting}\n`)
      : file(lab) + change;
    lab.write(".aws/credentials", now);
    terminal.type("y\r");
    if (status === 253) await terminal.until("[dev-long-term] of");
    await terminal.until(`status ${status}`);
    expect(file(lab).includes("mfa_serial")).toBe(status === 0);
    expect(file(lab)).toContain(change);
    expect(existsSync(backup(lab))).toBe(status === 0);
  });

  test("it is gone", async () => {
    await using lab = await startWith(ofAwsMfa);
    const terminal = migrateOnTerminal(lab);
    await terminal.until("Write this? [y/N] ");
    lab.write(".aws/credentials", "");
    terminal.type("y\r");
    await terminal.until("has changed meanwhile: nothing was written.");
    await terminal.until("Look at what is there now, and run it again.");
    await terminal.until("status 253");
    expect(file(lab)).toBe("");
  });
});

describe("where no device is named", () => {
  /** Alice's keys as aws-mfa-credentials wants them. */
  const alone = (lab: Lab): string =>
    keysSection("ops", lab.sandbox.user("alice")) + temporary("ops-mfa");
  const done = (lab: Lab, serial: string): string =>
    alone(lab).replace("\n[ops-mfa]", `\nmfa_serial = ${serial}\n[ops-mfa]`);
  /** The same with bob's, as aws-mfa wants them. */
  const both = (lab: Lab): string =>
    `${alone(lab)}${keysSection("bob-long-term", lab.sandbox.user("bob"))}`;
  const deny = ({ sandbox }: Lab): void =>
    sandbox.trouble.fail({ operation: "ListMFADevices", status: 403, code: "AccessDenied" });
  const asked = ({ sandbox }: Lab): number =>
    sandbox.calls.filter(({ operation }) => operation === "ListMFADevices").length;

  test("--dry-run asks nobody, not even IAM", async () => {
    await using lab = await startWith(alone);
    const terminal = migrateOnTerminal(lab, "--dry-run");
    await terminal.until("[ops]   laid out for aws-mfa-credentials\r\n");
    await terminal.until("    ? mfa_serial: not known yet (--device names it)\r\n");
    await terminal.until("status 0");
    expect(asked(lab)).toBe(0);
  });

  test("nor does a run that could ask nobody whether to write", async () => {
    await using lab = await startWith(alone);
    const ended = await migrate(lab, []);
    expect(ended).toMatchObject({ code: 253 });
    expect(ended.stdout).toContain("? mfa_serial: not known yet");
    expect(ended.stderr).toBe(
      "awsmfa: no MFA device is known for [ops]: nothing was changed there.\n" +
        "  Name it: awsmfa migrate ops --device <serial>\n",
    );
    expect(asked(lab)).toBe(0);
  });

  test("--device names it", async () => {
    await using lab = await startWith(alone);
    const ended = await migrate(lab, ["--yes", "--device", tablet]);
    expect(ended).toMatchObject({ code: 0, stderr: "" });
    expect(ended.stdout).toContain(`+ mfa_serial = ${tablet}   (from --device)\n`);
    expect(ended.stdout).not.toContain("awsmfa refresh");
    expect(ended.stdout).toContain(
      "awsmfa watch replaces aws-mfa-credentials, with the same options.\n",
    );
    expect(file(lab)).toBe(done(lab, tablet));
    expect(asked(lab)).toBe(0);
  });

  test.each<[args: string[], says: string]>([
    [["--device", "phone"], '--device is "phone", which is not the serial of an MFA device.'],
    [["--device", ""], '--device is "", which is not the serial of an MFA device.'],
    [
      ["--device", phone],
      "the keys of [ops] and [bob-long-term] differ, so that --device may not be right for all.\n  Say for which: awsmfa migrate ops --device <serial>\n",
    ],
    [["dev"], "[dev] of "],
    [["ops", "dev-mfa"], "These do: [ops] and [bob-long-term]."],
  ])("%j: 253, and nothing is written", async (args, says) => {
    await using lab = await startWith(both, users);
    const ended = await migrate(lab, ["--yes", ...args]);
    expect(ended).toMatchObject({ code: 253, stdout: "" });
    expect(ended.stderr).toContain(says);
    expect(file(lab)).toBe(both(lab));
  });

  test("one at a time", async () => {
    await using lab = await startWith(both, users);
    await migrate(lab, ["ops", "--yes", "--device", phone]);
    const ended = await migrate(lab, ["bob-long-term", "--yes", "--device", tablet]);
    expect(ended).toMatchObject({ code: 0, stderr: "" });
    expect(ended.stdout).not.toContain("[ops]");
    expect(file(lab)).toBe(
      done(lab, phone) + both(lab).slice(alone(lab).length) + `mfa_serial = ${tablet}\n`,
    );
    const again = await migrate(lab, ["--yes", "--device", tablet]);
    expect(again).toMatchObject({ code: 0 });
    expect(again.stderr).toBe("awsmfa: --device was not needed: every section names its own.\n");
  });

  test("MFA_DEVICE of aws-mfa does", async () => {
    await using lab = await startWith(both, users);
    deny(lab);
    const ended = await migrate(lab, ["--yes"], { MFA_DEVICE: tablet });
    expect(ended.code).toBe(253);
    expect(ended.stdout).toContain(`+ mfa_serial = ${tablet}   (from MFA_DEVICE)\n`);
    expect(ended.stderr).toContain("no MFA device is known for [ops]: ");
    expect(file(lab)).toBe(`${both(lab)}mfa_serial = ${tablet}\n`);
  });

  test("with --yes the only one that IAM lists is taken", async () => {
    await using lab = await startWith(both, users);
    const ended = await migrate(lab, ["--yes"]);
    expect(ended).toMatchObject({ code: 0, stderr: "" });
    expect(ended.stdout).toContain(`+ mfa_serial = ${phone}   (from IAM)\n`);
    expect(ended.stdout).toContain(`+ mfa_serial = ${tablet}   (from IAM)\n`);
    expect(asked(lab)).toBe(2);
  });

  test.each<[name: string, devices: (string | MfaDevice)[], prepare: (lab: Lab) => void]>([
    ["of several", ["phone", "tablet"], () => undefined],
    ["where there is a passkey alone", [passkey], () => undefined],
    ["where IAM refuses", ["phone"], deny],
    [
      "where IAM hangs up",
      ["phone"],
      ({ sandbox }) => sandbox.trouble.drop("before", { times: 9 }),
    ],
  ])("with --yes, %s, none is taken", async (_name, devices, prepare) => {
    await using lab = await startWith(alone, { users: [{ name: "alice", devices }] });
    prepare(lab);
    const ended = await migrate(lab, ["--yes"]);
    expect(ended.code).toBe(253);
    expect(ended.stderr).toMatch(/^awsmfa: no MFA device is known for \[ops\]: .*\n.*\n$/);
    expect(file(lab)).toBe(alone(lab));
  });

  test("on a terminal, Enter takes the one that IAM lists", async () => {
    await using lab = await startWith(alone, { requireMfa: false });
    const terminal = migrateOnTerminal(lab);
    const key = lab.sandbox.user("alice").accessKeyId.slice(-4);
    await terminal.until(`MFA device of [ops], key …${key} [${phone}]: `);
    terminal.type("\r");
    await terminal.until(`+ mfa_serial = ${phone}   (from IAM)`);
    await terminal.until("Write this? [y/N] ");
    terminal.type("y\r");
    await terminal.until("status 0");
    expect(file(lab)).toBe(done(lab, phone));
    expectNoSecrets(lab, terminal.shown);
  });

  test.each([
    ["its number", "2"],
    ["its name", "tablet"],
    ["its serial", tablet],
  ])("of several IAM lists, one is chosen by %s", async (_how, answer) => {
    const devices = ["phone", "tablet"];
    await using lab = await startWith(alone, { users: [{ name: "alice", devices }] });
    const terminal = migrateOnTerminal(lab);
    await terminal.until(`MFA devices of this user:\r\n  1  ${phone}\r\n  2  ${tablet}\r\n`);
    await terminal.until("(number or serial; Enter leaves it out): ");
    terminal.type(`${answer}\r`);
    await terminal.until(`+ mfa_serial = ${tablet}   (from IAM)`);
    await terminal.until("Write this? [y/N] ");
    terminal.type("y\r");
    await terminal.until("status 0");
    expect(file(lab)).toBe(done(lab, tablet));
  });

  test("of several IAM lists, Enter takes none", async () => {
    const devices = ["phone", "tablet"];
    await using lab = await startWith(alone, { users: [{ name: "alice", devices }] });
    const terminal = migrateOnTerminal(lab);
    await terminal.until("(number or serial; Enter leaves it out): ");
    terminal.type("\r");
    await terminal.until("status 0");
    expect(terminal.shown).not.toContain("Write this?");
    expect(file(lab)).toBe(alone(lab));
  });

  test.each<[env: Record<string, string>, code: string]>([
    [{ AWS_ENDPOINT_URL_IAM: "nowhere" }, "InvalidEndpoint"],
    [{ AWS_REGION: "us east" }, "InvalidRegion"],
  ])("%j: IAM is not asked, and under debug it says why", async (env, code) => {
    await using lab = await startWith(alone);
    const ended = await migrate(lab, ["--yes"], { ...env, AWS_MFA_DEBUG: "1" });
    expect(ended.code).toBe(253);
    const why = `[ops]: Its MFA devices cannot be listed with these keys (${code}).\n`;
    expect(ended.stderr).toContain(why);
    expect(ended.stderr).toContain("no MFA device is known for [ops]");
    expect(asked(lab)).toBe(0);
  });

  test("where IAM lists none it is typed, and what cannot be one is asked again", async () => {
    await using lab = await startWith(alone);
    deny(lab);
    const terminal = migrateOnTerminal(lab);
    await terminal.until("(Enter leaves it out): ");
    terminal.type("phone\r");
    await terminal.until(
      '\r\nThat is "phone", which is not the serial of an MFA device. It looks like arn:aws:iam::123456789012:mfa/name, or like GAHT12345678.\r\n',
    );
    await terminal.until("(Enter leaves it out): ");
    terminal.type(` ${phone} \r`);
    await terminal.until(`+ mfa_serial = ${phone}   (from the terminal)`);
    await terminal.until("Write this? [y/N] ");
    terminal.type("y\r");
    await terminal.until("status 0");
    expect(file(lab)).toBe(done(lab, phone));
  });

  test.each([
    ["Enter", "\r", 0],
    ["^D", "\x04", 0],
    ["^C", "\x03", 130],
  ])("%s leaves it out", async (_name, typed, status) => {
    await using lab = await startWith(alone);
    deny(lab);
    const terminal = migrateOnTerminal(lab);
    await terminal.until("(Enter leaves it out): ");
    terminal.type(typed);
    await terminal.until(`status ${status}`);
    expect(terminal.shown).not.toContain("Write this?");
    expect(file(lab)).toBe(alone(lab));
  });
});

describe("on a terminal", () => {
  const twice = (lab: Lab): string =>
    ["alice", "bob"]
      .map((name) => keysSection(`${name}-long-term`, lab.sandbox.user(name)))
      .join("");

  test("^D ends it: nothing is written", async () => {
    await using lab = await startWith(twice, users);
    const terminal = migrateOnTerminal(lab);
    await terminal.until(`MFA device of [alice-long-term]`);
    terminal.type("\r");
    await terminal.until(`MFA device of [bob-long-term]`);
    terminal.type("\x04");
    await terminal.until("Nothing was written.\r\nstatus 0");
    expect(file(lab)).toBe(twice(lab));
  });

  test("what cannot be edited is told of before anything is asked, IAM included", async () => {
    await using lab = await startWith(twice, users);
    const command = `'${process.execPath}' '${awsmfa}' migrate`;
    const locked = `cd "$HOME"; chmod 500 .aws; (${unprivileged} ${command}); echo "status $?"; chmod 700 .aws`;
    const terminal = shellOnTerminal(locked, lab.env);
    await terminal.until(`awsmfa: ${lab.home}/.aws/credentials cannot be written (EACCES)`);
    await terminal.until("status 253");
    expect(terminal.shown).not.toContain("MFA device");
    expect(lab.sandbox.calls).toEqual([]);
  });

  test("where nothing is to be done, it is left alone, and the file is not locked", async () => {
    await using lab = await startWith(migrated);
    const terminal = migrateOnTerminal(lab);
    await terminal.until("nothing to do: mfa_serial is there\r\nstatus 0");
    expect(existsSync(join(lab.home, ".aws/.credentials.lock"))).toBe(false);
  });

  test.each([
    ["SIGUSR1", 138],
    ["SIGQUIT", 131],
    ["SIGTERM", 143],
  ])("%s: %i, no debugger and no core", async (signal, status) => {
    await using lab = await startWith(ofAwsMfa);
    const terminal = migrateOnTerminal(lab);
    await terminal.until("Write this? [y/N] ");
    process.kill(childOf(terminal.pid), signal);
    await terminal.until(`status ${status}\r\n`);
    expect(terminal.shown).not.toContain("Debugger");
    expect(file(lab)).toBe(ofAwsMfa(lab));
  });
});

describe("nothing to migrate", () => {
  test.each([
    ["other profiles", (lab: Lab) => keysSection("dev", lab.sandbox.user("alice"))],
    ["an empty file", () => ""],
    ["the temporary keys alone", () => temporary("dev") + temporary("dev-mfa")],
  ])("%s: says what it looks for", async (_name, credentials) => {
    await using lab = await startWith(credentials);
    const ended = await migrate(lab, ["--yes"]);
    expect(ended).toMatchObject({ code: 0, stderr: "" });
    expect(ended.stdout).toBe(`\
Nothing in ${lab.home}/.aws/credentials is laid out for another MFA tool.
Looked for sections with an IAM user's own keys that
  - have an aws_mfa_device, or a name that ends in -long-term (aws-mfa), or
  - stand beside temporary ones: [dev] beside [dev-mfa] (aws-mfa-credentials).
`);
    expect(existsSync(join(lab.home, ".aws/.credentials.lock"))).toBe(false);
  });
});

test.each([
  ["credentials", "a line without a meaning"],
  ["config", "a line without a meaning"],
])("a broken %s file: the error names the line", async (name, line) => {
  await using lab = await startWith(ofAwsMfa);
  appendFileSync(join(lab.home, ".aws", name), `[x]\n${line}\n`);
  const broken = readFileSync(join(lab.home, ".aws", name), "utf8");
  const ended = await migrate(lab, ["--yes"]);
  expect(ended).toMatchObject({ code: 253, stdout: "" });
  const number = broken.split("\n").indexOf(line) + 1;
  expect(ended.stderr).toContain(`${lab.home}/.aws/${name}, line ${number}: `);
});
