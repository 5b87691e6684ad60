import { once } from "node:events";
import { readFileSync, rmSync, statSync, symlinkSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { awsCommands } from "../support/commands.ts";
import { keysSection, startLab, type Lab } from "../support/lab.ts";
import { shellOnTerminal, type OnTerminal } from "../support/on-terminal.ts";
import { run, runAwsmfa } from "../support/run.ts";
import { credentialsOf, ending, idOf, nameOf, secretOf } from "./setup-wizard.ts";

/** What stands on the screen, and what is typed then. */
type Step = readonly [shown: string, typed: string];

/** stdout goes to a file; a ^C is survived by the script, to tell of it. */
const script = `trap : INT; awsmfa refresh --setup "$@" >"$HOME/out"; ${ending}`;

/** Goes through the wizard. */
async function setUp(
  lab: Lab,
  steps: readonly Step[],
  { env = {}, options = "", status = 0 } = {},
): Promise<string> {
  const terminal = shellOnTerminal(`set -- ${options}; ${script}`, { ...lab.env, ...env });
  await follow(terminal, steps);
  await terminal.until(`status ${status}\r\n`);
  await terminal.until("over\r\n");
  expect(terminal.shown).toContain("isig icanon echo over");
  expect(readFileSync(join(lab.home, "out"), "utf8")).toBe("");
  return terminal.shown;
}

async function follow(terminal: OnTerminal, steps: readonly Step[]): Promise<void> {
  for (const [shown, typed] of steps) {
    await terminal.until(shown);
    terminal.type(typed);
  }
}

/** The first three answers: the profile that is offered, and these keys. */
function keysSteps({ accessKeyId, secretAccessKey }: Keys, profile = ""): Step[] {
  return [
    [nameOf, `${profile}\r`],
    [idOf, `${accessKeyId}\r`],
    [secretOf, `${secretAccessKey}\r`],
  ];
}

interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

const wrong: Keys = { accessKeyId: "AKIAABCDEFGHIJKLMNOP", secretAccessKey: "wrong/".repeat(7) };
const phone = "arn:aws:iam::123456789012:mfa/phone";

const longTermSection = (keys: Keys, serial = phone, name = "dev-long-term"): string =>
  `${keysSection(name, keys)}mfa_serial = ${serial}\n`;

describe("keys and a device that IAM lists", () => {
  test("are written, and everything uses them", async () => {
    await using lab = await startLab();
    const alice = lab.sandbox.user("alice");
    const before = credentialsOf(lab);
    const shown = await setUp(lab, [...keysSteps(alice), [`MFA device [${phone}]: `, "\r"]]);
    expect(shown).toContain("These are the keys of user alice in account 123456789012.\r\n");
    expect(shown).toContain(`Wrote [dev-long-term] of ${lab.home}/.aws/credentials.\r\n`);
    expect(shown).toContain(
      `\r\n  awsmfa refresh --profile dev\r\n  (with --overwrite-long-term, since [dev] holds the key …${alice.accessKeyId.slice(-4)})\r\n`,
    );
    expect(shown).toContain(
      '\r\n  alias aws="awsmfa session"\r\n  export AWS_PROFILE=dev-long-term\r\n',
    );
    expect(shown).toContain(alice.accessKeyId);
    expect(shown).not.toContain(alice.secretAccessKey.slice(0, 6));
    expect(shown).toContain("\r\nIt has region = us-east-1 from profile dev.\r\n");
    expect(credentialsOf(lab)).toBe(`${before}\n${longTermSection(alice)}region = us-east-1\n`);
    const operations = lab.sandbox.calls.map(({ operation }) => operation);
    expect(operations).toEqual(["GetCallerIdentity", "ListMFADevices"]);

    const profile = ["--profile", "dev-long-term"];
    const get = ["configure", "get", "mfa_serial", ...profile];
    const read = await run(awsCommands[0]!.path, get, { env: lab.env });
    expect(read.stdout.trim()).toBe(phone);
    const token = { AWS_MFA_TOKEN: lab.sandbox.freshCode("alice") };
    const asked = await runAwsmfa(
      ["session", ...profile, "--region", "us-east-1", "sts", "get-caller-identity"],
      { env: { ...lab.env, ...token } },
    );
    expect(asked).toMatchObject({ code: 0, stderr: "" });
    expect(JSON.parse(asked.stdout)).toMatchObject({ Arn: alice.arn });
  });

  test("awsmfa refresh goes on from them", async () => {
    await using lab = await startLab();
    const alice = lab.sandbox.user("alice");
    const [, ...keys] = keysSteps(alice);
    const steps: Step[] = [["Profile name [prod]: ", "\r"], ...keys, ["MFA device", "\r"]];
    const shown = await setUp(lab, steps, { options: "--profile prod" });
    expect(shown).toContain("\r\n  awsmfa refresh --profile prod\r\nFor the AWS CLI alone");
    const env = { ...lab.env, AWS_MFA_TOKEN: lab.sandbox.freshCode("alice") };
    expect(await runAwsmfa(["refresh", "--profile", "prod"], { env })).toMatchObject({ code: 0 });
    const profile = ["--profile", "prod", "--region", "us-east-1"];
    const asked = await run(awsCommands[0]!.path, ["s3", "ls", ...profile], { env: lab.env });
    expect(asked.stdout).toContain("demo-photos");
  });

  test("the first file is made, for its owner alone", async () => {
    await using lab = await startLab();
    const alice = lab.sandbox.user("alice");
    const path = join(lab.home, "new/credentials");
    const env = { AWS_SHARED_CREDENTIALS_FILE: path };
    await setUp(lab, [...keysSteps(alice), ["MFA device", "\r"]], { env });
    expect(readFileSync(path, "utf8")).toBe(`${longTermSection(alice)}region = us-east-1\n`);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  test("keys in the environment are not those that are checked", async () => {
    await using lab = await startLab();
    const alice = lab.sandbox.user("alice");
    const env = {
      AWS_ACCESS_KEY_ID: wrong.accessKeyId,
      AWS_SECRET_ACCESS_KEY: wrong.secretAccessKey,
      AWS_SESSION_TOKEN: "token",
    };
    await setUp(lab, [...keysSteps(alice), [`MFA device [${phone}]: `, "\r"]], { env });
    expect(new Set(lab.sandbox.calls.map(({ accessKeyId }) => accessKeyId))).toEqual(
      new Set([alice.accessKeyId]),
    );
  });
});

describe("the section", () => {
  interface Case {
    name: string;
    env?: Record<string, string>;
    options?: string;
    offered: string;
    typed?: string;
    section: string;
    next: readonly string[];
  }

  test.concurrent.each<Case>([
    {
      name: "of --profile",
      options: "--profile prod",
      offered: "prod",
      section: "prod-long-term",
      next: [
        "awsmfa refresh --profile prod",
        'alias aws="awsmfa session"',
        "export AWS_PROFILE=prod-long-term",
      ],
    },
    {
      name: "of default, where nothing names one",
      env: { AWS_PROFILE: "" },
      offered: "default",
      section: "default-long-term",
      next: ["awsmfa refresh", "export AWS_PROFILE=default-long-term"],
    },
    {
      name: "of the name that is typed",
      offered: "dev",
      typed: "  my 'prod ",
      section: "my 'prod-long-term",
      next: [
        String.raw`awsmfa refresh --profile 'my '\''prod'`,
        String.raw`export AWS_PROFILE='my '\''prod-long-term'`,
      ],
    },
    {
      name: "with another suffix",
      options: "--long-term-suffix own",
      offered: "dev",
      section: "dev-own",
      next: ["awsmfa refresh --profile dev --long-term-suffix own", "export AWS_PROFILE=dev-own"],
    },
    {
      name: "without a suffix",
      env: { AWS_PROFILE: "" },
      options: "--long-term-suffix none",
      offered: "default",
      section: "default",
      next: [
        "awsmfa refresh --long-term-suffix none --short-term-suffix mfa",
        'alias aws="awsmfa session"',
      ],
    },
  ])(
    "$name: [$section]",
    async ({ env = {}, options = "", offered, typed = "", section, next }) => {
      await using lab = await startLab();
      const alice = lab.sandbox.user("alice");
      const [, ...keys] = keysSteps(alice);
      const first: Step = [`Profile name [${offered}]: `, `${typed}\r`];
      const shown = await setUp(lab, [first, ...keys, ["MFA device", "\r"]], { env, options });
      expect(credentialsOf(lab)).toContain(`\n${longTermSection(alice, phone, section)}`);
      for (const line of next) expect(shown).toContain(`\r\n  ${line}\r\n`);
    },
  );

  test("the name of a section is asked again", async () => {
    await using lab = await startLab();
    const alice = lab.sandbox.user("alice");
    const [, ...keys] = keysSteps(alice);
    const steps: Step[] = [
      ["Profile name [dev]: ", "prod-long-term\r"],
      ["That is the section's name: the profile's is without -long-term.", ""],
      ["Profile name [dev]: ", "prod\r"],
    ];
    await setUp(lab, [...steps, ...keys, ["MFA device", "\r"]]);
    expect(credentialsOf(lab)).toContain(`\n${longTermSection(alice, phone, "prod-long-term")}`);
  });

  test("a name that no section can have is asked again", async () => {
    await using lab = await startLab();
    const steps: Step[] = [
      [nameOf, "DEFAULT\r"],
      ["[DEFAULT] is what all sections inherit", ""],
      [nameOf, "\x04"],
    ];
    await setUp(lab, steps, { status: 253, options: "--long-term-suffix none" });
  });
});

describe("keys that are there", () => {
  const old: Keys = { accessKeyId: "AKIAOLDOLDOLDOLDWXYZ", secretAccessKey: "old" };
  const oldSection = `# mine\n${keysSection("dev-long-term", old)}aws_mfa_device = GAHT00000000\nregion = eu-west-1\n`;

  test("are replaced, and kept in a copy that is named", async () => {
    await using lab = await startLab();
    lab.write(".aws/credentials", oldSection);
    const alice = lab.sandbox.user("alice");
    const shown = await setUp(lab, [
      [nameOf, "\r"],
      [`holds keys (…WXYZ). Replace them? [y/N] `, "y\r"],
      ...keysSteps(alice).slice(1),
      ["MFA device", "\r"],
    ]);
    const backup = join(lab.home, ".aws/credentials.awsmfa-backup");
    expect(shown).toContain(`${backup} holds the file as it was before.`);
    expect(readFileSync(backup, "utf8")).toBe(oldSection);
    expect(credentialsOf(lab)).toBe(
      `# mine\n${keysSection("dev-long-term", alice)}aws_mfa_device = ${phone}\nregion = eu-west-1\nmfa_serial = ${phone}\n`,
    );
  });

  test.each(["", "n", "no", "what?"])("stay where the answer is %j", async (answer) => {
    await using lab = await startLab();
    lab.write(".aws/credentials", oldSection);
    const shown = await setUp(lab, [
      [nameOf, "\r"],
      ["Replace them? [y/N] ", `${answer}\r`],
    ]);
    expect(shown).toContain("Nothing was written.");
    expect(credentialsOf(lab)).toBe(oldSection);
    expect(lab.sandbox.calls).toEqual([]);
  });

  test("are not lost where another program has put them there meanwhile", async () => {
    await using lab = await startLab();
    const terminal = shellOnTerminal(script, lab.env);
    await follow(terminal, keysSteps(lab.sandbox.user("alice")));
    await terminal.until("MFA device");
    lab.write(".aws/credentials", oldSection);
    terminal.type("\r");
    await terminal.until("awsmfa: [dev-long-term] of");
    await terminal.until("status 253");
    expect(credentialsOf(lab)).toBe(oldSection);
  });

  test("are not lost where they are others than those that may be replaced", async () => {
    await using lab = await startLab();
    lab.write(".aws/credentials", oldSection);
    const others = oldSection.replace("AKIAOLDOLDOLDOLDWXYZ", "AKIANEWNEWNEWNEWWXYZ");
    const terminal = shellOnTerminal(script, lab.env);
    await follow(terminal, [
      [nameOf, "\r"],
      ["Replace them? [y/N] ", "y\r"],
      ...keysSteps(lab.sandbox.user("alice")).slice(1),
    ]);
    await terminal.until("MFA device");
    lab.write(".aws/credentials", others);
    terminal.type("\r");
    await terminal.until("has changed meanwhile: nothing was written.");
    await terminal.until("status 253");
    expect(credentialsOf(lab)).toBe(others);
  });

  test("are not lost where another program has just emptied the file", async () => {
    await using lab = await startLab();
    const terminal = shellOnTerminal(script, lab.env);
    await follow(terminal, keysSteps(lab.sandbox.user("alice")));
    await terminal.until("MFA device");
    lab.write(".aws/credentials", "");
    terminal.type("\r");
    await terminal.until("has gone meanwhile: nothing was written.");
    await terminal.until("status 253");
    expect(credentialsOf(lab)).toBe("");
  });

  test("temporary ones leave nothing of theirs behind", async () => {
    await using lab = await startLab();
    const temporary = { accessKeyId: "ASIAOLDOLDOLDOLDWXYZ", secretAccessKey: "old" };
    const more =
      "aws_session_token = t\naws_security_token = t\nexpiration = 2020-01-01 00:00:00\n";
    lab.write(".aws/credentials", keysSection("dev", temporary) + more);
    const alice = lab.sandbox.user("alice");
    const steps: Step[] = [
      [nameOf, "\r"],
      ["holds temporary keys (…WXYZ). Replace them? [y/N] ", "yes\r"],
      ...keysSteps(alice).slice(1),
      ["MFA device", "\r"],
    ];
    const shown = await setUp(lab, steps, { options: "--long-term-suffix none" });
    expect(credentialsOf(lab)).toBe(longTermSection(alice, phone, "dev"));
    expect(shown).not.toContain("as it was before");
  });
});

describe("keys that will not do", () => {
  test.each([
    ["nothing", "", "16 or more capital letters and digits"],
    ["small letters", "akiaabcdefghijklmnop", "16 or more capital letters and digits"],
    ["a temporary one", "ASIAABCDEFGHIJKLMNOP", "is a temporary key"],
  ])("%s is asked again", async (_name, typed, says) => {
    await using lab = await startLab();
    const alice = lab.sandbox.user("alice");
    await setUp(lab, [
      [nameOf, "\r"],
      [idOf, `${typed}\r`],
      [says, ""],
      [idOf, `  ${alice.accessKeyId} \r`],
      [secretOf, "\r"],
      ["Nothing was typed.", ""],
      [secretOf, ` ${alice.secretAccessKey} \r`],
      ["MFA device", "\r"],
    ]);
    expect(credentialsOf(lab)).toContain(longTermSection(alice));
  });

  test("both are asked for again, and the right ones do", async () => {
    await using lab = await startLab();
    const alice = lab.sandbox.user("alice");
    const [name, id, secret] = keysSteps(alice) as [Step, Step, Step];
    const shown = await setUp(lab, [
      name,
      ...keysSteps(wrong).slice(1),
      ["does not know the key …MNOP (InvalidClientTokenId). Both once more:", ""],
      id,
      [secretOf, `${wrong.secretAccessKey}\r`],
      [`not the secret of the key …${alice.accessKeyId.slice(-4)} (SignatureDoesNotMatch)`, ""],
      id,
      secret,
      ["MFA device", "\r"],
    ]);
    expect(shown).not.toContain("wrong/");
    expect(credentialsOf(lab)).toContain(longTermSection(alice));
  });

  test("three times are enough: 254, and nothing is written", async () => {
    await using lab = await startLab();
    const before = credentialsOf(lab);
    const once = keysSteps(wrong).slice(1);
    const steps: Step[] = [[nameOf, "\r"], ...once, ...once, ...once];
    const shown = await setUp(lab, steps, { status: 254 });
    expect(shown).toMatch(
      /awsmfa: AWS does not know this access key \(InvalidClientTokenId; profile dev-long-term, key …MNOP, STS /,
    );
    expect(shown).toContain("Nothing was written.");
    expect(credentialsOf(lab)).toBe(before);
  });
});

describe("where STS cannot be asked", () => {
  const env = { AWS_ENDPOINT_URL: "http://127.0.0.1:1" };
  const unchecked: Step = ["The keys could not be checked: STS could not be reached", ""];
  const keep = "Keep the keys all the same? [y/N] ";

  test("the keys are kept, if they shall be, with the device that is typed", async () => {
    await using lab = await startLab();
    const steps: Step[] = [
      ...keysSteps(wrong),
      unchecked,
      [keep, "y\r"],
      ["MFA device: ", "\r"],
      ["The device's serial is needed", ""],
      ["MFA device: ", "GAHT12345678\r"],
    ];
    await setUp(lab, steps, { env });
    expect(credentialsOf(lab)).toContain(longTermSection(wrong, "GAHT12345678"));
  });

  test.each([
    ["AccessDenied", "no", "AWS refused: no"],
    ["SignatureDoesNotMatch", "Signature expired", "refused the signature for its time"],
  ])("%s (%s) says nothing of the keys", async (code, message, says) => {
    await using lab = await startLab();
    lab.sandbox.trouble.fail({ status: 403, code, message, times: 3 });
    const alice = lab.sandbox.user("alice");
    const steps: Step[] = [...keysSteps(alice), [says, ""], [keep, "n\r"]];
    await setUp(lab, steps, { status: 254 });
  });

  test("else: 255, and nothing is written", async () => {
    await using lab = await startLab();
    const before = credentialsOf(lab);
    const steps: Step[] = [...keysSteps(wrong), unchecked, [keep, "\r"]];
    const shown = await setUp(lab, steps, { env, status: 255 });
    expect(shown).toContain("Nothing was written. Check the network");
    expect(credentialsOf(lab)).toBe(before);
  });

  test("a region that is none is told before any key is asked for: 253", async () => {
    await using lab = await startLab();
    const shown = await setUp(lab, [[nameOf, "\r"]], {
      env: { AWS_REGION: "us east" },
      status: 253,
    });
    expect(shown).toContain('"us east" is not a region');
    expect(shown).not.toContain(idOf);
  });
});

describe("the device", () => {
  const tablet = "arn:aws:iam::123456789012:mfa/tablet";
  const passkey = "arn:aws:iam::123456789012:u2f/user/carol/key-1";
  const several = "MFA device (number or serial): ";
  const looks = "It looks like arn:aws:iam::123456789012:mfa/name, or like GAHT12345678.";
  const own = (serial: string) => ({ serial, secret: "JBSWY3DPEHPK3PXP" });

  interface Case {
    name: string;
    devices?: (string | ReturnType<typeof own>)[];
    denied?: true;
    says?: string;
    /** Questions and answers. */
    steps: readonly Step[];
    written: string;
  }

  test.concurrent.each<Case>([
    {
      name: "one, and another is typed",
      devices: ["phone"],
      steps: [[`MFA device [${phone}]: `, `${tablet}\r`]],
      written: tablet,
    },
    {
      name: "several: a number",
      devices: ["phone", "tablet"],
      says: `  1  ${phone}\r\n  2  ${tablet}\r\n`,
      steps: [
        [several, "\r"],
        [several, "3\r"],
        [several, "0\r"],
        [several, "2\r"],
      ],
      written: tablet,
    },
    {
      name: "several: a name",
      devices: ["phone", "tablet"],
      steps: [
        [several, "tab\r"],
        [`That is "tab", which is not the serial of an MFA device. ${looks}\r\n`, ""],
        [several, " tablet \r"],
      ],
      written: tablet,
    },
    {
      name: "several: a serial",
      devices: ["phone", own("GAHT12345678")],
      steps: [[several, "GAHT12345678\r"]],
      written: "GAHT12345678",
    },
    {
      name: "passkeys are not offered",
      devices: [own(passkey), "phone"],
      steps: [[`MFA device [${phone}]: `, "\r"]],
      written: phone,
    },
    {
      name: "passkeys alone",
      devices: [own(passkey)],
      says: "passkeys or security keys alone",
      steps: [
        ["MFA device: ", `${passkey}\r`],
        [`That is ${passkey}: a passkey or security key, and the AWS API cannot use those.`, ""],
        ["MFA device: ", `${phone}\r`],
      ],
      written: phone,
    },
    {
      name: "none",
      devices: [],
      says: "IAM knows no MFA device of this user",
      steps: [
        ["MFA device: ", "\r"],
        ["The device's serial is needed", ""],
        ["MFA device: ", `${phone}\r`],
      ],
      written: phone,
    },
    {
      name: "that may not be listed",
      denied: true,
      says: "cannot be listed with these keys (AccessDenied)",
      steps: [
        ["MFA device [arn:aws:iam::123456789012:mfa/carol]: ", "my phone\r"],
        [`That is "my phone", which is not the serial of an MFA device. ${looks}\r\n`, ""],
        ["MFA device [arn:aws:iam::123456789012:mfa/carol]: ", `${phone}\r`],
      ],
      written: phone,
    },
  ])("$name", async ({ devices = ["phone"], denied, says = "", steps, written }) => {
    const users = [
      { name: "alice", devices: ["phone"] },
      { name: "carol", devices },
    ];
    await using lab = await startLab({ users });
    if (denied) {
      const operation = "ListMFADevices";
      lab.sandbox.trouble.fail({ status: 403, code: "AccessDenied", operation });
    }
    const carol = lab.sandbox.user("carol");
    const shown = await setUp(lab, [...keysSteps(carol), ...steps]);
    expect(shown).toContain(says);
    expect(credentialsOf(lab)).toContain(longTermSection(carol, written));
  });
});

describe("where IAM is not to be reached", () => {
  const none = "Its MFA devices cannot be listed with these keys";
  const guess = "MFA device [arn:aws:iam::123456789012:mfa/alice]: ";

  test.concurrent("its endpoint is none: the device is typed", async () => {
    await using lab = await startLab();
    const env = { AWS_ENDPOINT_URL_IAM: "nowhere" };
    const alice = lab.sandbox.user("alice");
    const steps: Step[] = [
      ...keysSteps(alice),
      [`${none} (InvalidEndpoint).\r\n`, ""],
      [guess, `${phone}\r`],
    ];
    await setUp(lab, steps, { env });
    expect(credentialsOf(lab)).toContain(longTermSection(alice));
  });

  test.concurrent("it does not answer: nobody waits longer than 10 s for a default", async () => {
    await using lab = await startLab();
    const silent = createServer(() => undefined).listen(0, "127.0.0.1");
    await once(silent, "listening");
    const { port } = silent.address() as AddressInfo;
    const env = { AWS_ENDPOINT_URL_IAM: `http://127.0.0.1:${port}` };
    const alice = lab.sandbox.user("alice");
    const steps: Step[] = [...keysSteps(alice), [none, ""], [guess, `${phone}\r`]];
    const before = Date.now();
    await setUp(lab, steps, { env });
    expect(Date.now() - before).toBeLessThan(18_000);
    silent.close();
    silent.closeAllConnections();
  });
});

test("a file that cannot be edited is told of before anything is asked for: 253", async () => {
  await using lab = await startLab();
  const path = join(lab.home, ".aws/credentials");
  rmSync(path);
  symlinkSync("no/where", path);
  const shown = await setUp(lab, [], { status: 253 });
  expect(shown).toContain(`${path} is a link to a file that does not exist: nothing was written.`);
  expect(shown).not.toContain("Profile name");
});

describe("region and output of the profile that it is for", () => {
  test.concurrent.each<[title: string, config: string, added: string, says: string]>([
    [
      "both",
      "[profile dev]\nregion = eu-west-1\noutput = text\nca_bundle = \n",
      "region = eu-west-1\noutput = text\n",
      "It has region = eu-west-1, output = text from profile dev.\r\n",
    ],
    [
      "it has its own region",
      "[profile dev]\nregion = eu-west-1\noutput = text\n[profile dev-long-term]\nregion = us-east-1\n",
      "output = text\n",
      "It has output = text from profile dev.\r\n",
    ],
    ["none", "[profile other]\nregion = eu-west-1\n", "", ".aws/credentials.\r\nFor every"],
  ])("%s", async (_title, config, added, says) => {
    await using lab = await startLab();
    lab.write(".aws/config", config);
    const alice = lab.sandbox.user("alice");
    const shown = await setUp(lab, [...keysSteps(alice), ["MFA device", "\r"]]);
    expect(credentialsOf(lab).endsWith(longTermSection(alice) + added)).toBe(true);
    expect(shown).toContain(says);
  });
});

test("the region of the profile that it is for says where AWS is asked", async () => {
  const users = [{ name: "alice", devices: ["phone"], partition: "aws-cn" }];
  await using lab = await startLab({ users });
  lab.write(".aws/config", "[profile dev]\nregion = cn-north-1\n");
  const alice = lab.sandbox.user("alice");
  await setUp(lab, [...keysSteps(alice), [`MFA device [${lab.serial}]: `, "\r"]]);
  expect(credentialsOf(lab)).toContain(longTermSection(alice, lab.serial));
  const regions = lab.sandbox.calls.map(({ region }) => region);
  expect(new Set(regions)).toEqual(new Set(["cn-north-1"]));
});
