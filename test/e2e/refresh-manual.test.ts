import { describe, expect, test } from "vitest";
import type { SandboxOptions, SandboxUser } from "../../src/sandbox/sandbox.ts";
import { keysSection } from "../support/lab.ts";
import { shellOnTerminal } from "../support/on-terminal.ts";
import { startRefreshHome, type RefreshHome } from "./refresh-home.ts";

// The examples of the manual of aws-mfa 0.0.12 (https://pypi.org/project/aws-mfa/), in its order.

const device = "arn:aws:iam::123456788990:mfa/dudeman";
const role = "arn:aws:iam::123456788990:role/some-role";
const mfa = { mfa: true };
const dudeman: SandboxOptions = {
  users: [{ name: "dudeman", accountId: "123456788990", devices: ["dudeman"] }],
  roles: [{ name: "some-role", accountId: "123456788990", trust: mfa }],
};
const dudemansArn = "arn:aws:iam::123456788990:user/dudeman";
const roleArn = "arn:aws:sts::123456788990:assumed-role/some-role/some-role-session";

const session = (seconds: number): string =>
  `GetSessionToken for ${seconds} device arn:aws:iam::123456788990:mfa/dudeman`;
const someRole = (seconds: number): string =>
  `AssumeRole ${role} as some-role-session for ${seconds}`;

type Variables = Readonly<Record<string, string>>;

interface Example {
  readonly title: string;
  /** Everything behind `aws-mfa`. */
  readonly args: string;
  readonly env?: Variables;
  /** The section with the keys. */
  readonly keys: string;
  /** What stands in it besides. */
  readonly setting?: string;
  readonly writes: string;
  readonly asks: readonly string[];
  readonly arn: string;
  readonly says: RegExp;
}

const examples: readonly Example[] = [
  {
    title: "default credentials",
    args: "",
    env: { MFA_DEVICE: device },
    keys: "default-long-term",
    writes: "default",
    asks: [session(43_200)],
    arn: dudemansArn,
    says: /^awsmfa: profile default is not there yet.*\n.* is valid for 4(3199|3200) seconds, until \d{4}-\d\d-\d\d \d\d:\d\d:\d\d \+0[12]:00\.\n$/,
  },
  {
    title: "a profile named development",
    args: "--profile development",
    env: { MFA_DEVICE: device },
    keys: "development-long-term",
    writes: "development",
    asks: [session(43_200)],
    arn: dudemansArn,
    says: /profile development is valid for/,
  },
  {
    title: "command line arguments",
    args: `--duration 1800 --device ${device}`,
    keys: "default-long-term",
    writes: "default",
    asks: [session(1800)],
    arn: dudemansArn,
    says: /is valid for 1(799|800) seconds/,
  },
  {
    title: "the device from the environment",
    args: "--duration 1800",
    env: { MFA_DEVICE: device },
    keys: "default-long-term",
    writes: "default",
    asks: [session(1800)],
    arn: dudemansArn,
    says: /is valid for 1(799|800) seconds/,
  },
  {
    title: "device and duration from the environment",
    args: "",
    env: { MFA_DEVICE: device, MFA_STS_DURATION: "1800" },
    keys: "default-long-term",
    writes: "default",
    asks: [session(1800)],
    arn: dudemansArn,
    says: /is valid for 1(799|800) seconds/,
  },
  {
    title: "using a profile",
    args: `--duration 1800 --device ${device} --profile development`,
    keys: "development-long-term",
    writes: "development",
    asks: [session(1800)],
    arn: dudemansArn,
    says: /profile development is valid for 1(799|800) seconds/,
  },
  {
    title: "using a profile that is set by AWS_PROFILE, and not there yet",
    args: `--duration 1800 --device ${device}`,
    env: { AWS_PROFILE: "development" },
    keys: "development-long-term",
    writes: "development",
    asks: [session(1800)],
    arn: dudemansArn,
    says: /profile development is valid for 1(799|800) seconds/,
  },
  {
    title: "assuming a role",
    args: `--duration 1800 --device ${device} --assume-role ${role} --role-session-name some-role-session`,
    keys: "default-long-term",
    writes: "default",
    asks: [session(43_200), someRole(1800)],
    arn: roleArn,
    says: /is valid for 1(799|800) seconds/,
  },
  {
    title: "assuming a role of the long-term configuration",
    args: `--duration 1800 --device ${device} --role-session-name some-role-session`,
    keys: "default-long-term",
    setting: `assume_role =  ${role}`,
    writes: "default",
    asks: [session(43_200), someRole(1800)],
    arn: roleArn,
    says: /is valid for 1(799|800) seconds/,
  },
  {
    title: "assuming a role using a profile",
    args: `--duration 1800 --device ${device} --profile development --assume-role ${role} --role-session-name some-role-session`,
    keys: "development-long-term",
    writes: "development",
    asks: [session(43_200), someRole(1800)],
    arn: roleArn,
    says: /profile development is valid for 1(799|800) seconds/,
  },
];

const words = (args: string): string[] => args.split(" ").filter((word) => word !== "");

/** As the manual's files are, with a comment that aws-mfa would have lost. */
const fileWith =
  (section: string, setting = "aws_secret = 1") =>
  (user: SandboxUser): string =>
    `# mine\n${keysSection(section, user)}${setting}\n`;

describe.concurrent("the examples of aws-mfa's manual", () => {
  test.each(examples)("$title", async ({ args, env, keys, setting, writes, asks, arn, says }) => {
    await using home = await startRefreshHome(fileWith(keys, setting), dudeman);
    const before = home.text();
    const ended = await home.refreshWithCode(words(args), env);
    expect(ended).toMatchObject({ code: 0, stdout: "", stderr: expect.stringMatching(says) });
    expect(home.asked()).toEqual(asks);
    expect(home.text().startsWith(`${before}\n[${writes}]\n`)).toBe(true);
    expect(await home.arnOf(writes)).toBe(arn);
    await expectValid(home, words(args), env);
  });

  test.each([
    ["with a suffix of the keys", "myorganization-long-term", []],
    ["without", "myorganization", ["--long-term-suffix", "none"]],
  ])("several short-term sections %s", async (_title, keys, suffix) => {
    await using home = await startRefreshHome(
      fileWith(keys, `aws_mfa_device = ${device}`),
      dudeman,
    );
    const before = home.text();
    const stages = ["development", "staging", "production"];
    for (const stage of stages) {
      const args = ["--profile", "myorganization", ...suffix, "--short-term-suffix", stage];
      expect(await home.refreshWithCode(args)).toMatchObject({ code: 0, stdout: "" });
    }
    expect(home.text().startsWith(before)).toBe(true);
    for (const stage of stages) {
      expect(await home.arnOf(`myorganization-${stage}`)).toBe(dudemansArn);
    }
    // One code for all of them.
    expect(home.asked()).toEqual([session(43_200)]);
  });

  test("roles of two accounts side by side", async () => {
    const [production, staging] = ["222222222222", "333333333333"];
    const trust = { ...mfa, principals: ["111111111111"] };
    await using home = await startRefreshHome(
      fileWith("myorganization", "aws_mfa_device = arn:aws:iam::111111111111:mfa/me"),
      {
        users: [{ name: "me", accountId: "111111111111", devices: ["me"] }],
        roles: [production, staging].map((accountId) => ({
          name: "Administrator",
          accountId: accountId!,
          trust,
        })),
      },
    );
    const argsFor = (account: string, stage: string): string[] =>
      words(
        `--profile myorganization --assume-role arn:aws:iam::${account}:role/Administrator --short-term-suffix ${stage} --long-term-suffix none --role-session-name ${stage}`,
      );
    expect(await home.refreshWithCode(argsFor(production!, "production"))).toMatchObject({
      code: 0,
    });
    expect(await home.refresh(argsFor(staging!, "staging"))).toMatchObject({ code: 0 });
    expect(await home.arnOf("myorganization-production")).toBe(
      `arn:aws:sts::${production}:assumed-role/Administrator/production`,
    );
    expect(await home.arnOf("myorganization-staging")).toBe(
      `arn:aws:sts::${staging}:assumed-role/Administrator/staging`,
    );
  });

  test("the prompt says for how many seconds", async () => {
    await using home = await startRefreshHome(fileWith("default-long-term"), dudeman);
    const args = `--duration 1800 --device ${device}`;
    const terminal = shellOnTerminal(`awsmfa refresh ${args}; echo "status $?"`, home.env);
    await terminal.until("MFA code for dudeman (profile default, renewing for 1800 seconds): ");
    terminal.type(`${home.sandbox.freshCode("dudeman")}\r`);
    await terminal.until("profile default is valid for");
    await terminal.until("status 0");
    expect(await home.arnOf("default")).toBe(dudemansArn);
  });
});

/** "Output of running aws-mfa while credentials are still valid": nothing is asked, nothing is written. */
async function expectValid(home: RefreshHome, args: string[], env?: Variables): Promise<void> {
  const [text, asked] = [home.text(), home.asked()];
  const ended = await home.refresh(args, env);
  const still =
    /^awsmfa: the session of profile \w+ is still valid for (29 min|11 h 59 min), until .* \+0[12]:00\.\n$/;
  expect(ended).toMatchObject({ code: 0, stdout: "", stderr: expect.stringMatching(still) });
  expect([home.text(), home.asked()]).toEqual([text, asked]);
}
