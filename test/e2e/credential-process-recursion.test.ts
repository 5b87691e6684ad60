import { describe, expect, test } from "vitest";
import { awsCommands, awsmfa } from "../support/commands.ts";
import { addRoles } from "../support/role-profiles.ts";
import { run, runAwsmfa, type Ended } from "../support/run.ts";
import { storedFor } from "../support/stored.ts";
import { answerOf, startProcessHome, type ProcessHome } from "./process-home.ts";

const byName =
  "awsmfa: the credential_process of profile NAME asks awsmfa, and so for the keys of this same profile.";
const byStatus =
  "awsmfa: the profile's credential_process failed (exit status 253).\n" +
  "  Run it by hand: it says why. If it runs awsmfa, let that name another profile than this one: the\n" +
  "  one with the long-term keys.\n";

/** Profiles whose keys are those that awsmfa makes of them, and what is said of it. */
// prettier-ignore
const circles: readonly [profile: string, process: string, says: string][] = [
  ["loop", "awsmfa credential-process --profile loop", byName],
  ["joined", "awsmfa credential-process --profile=joined", byName],
  ["two words", "awsmfa credential-process --profile 'two words'", byName],
  ["by-path", `'${process.execPath}' '${awsmfa}' credential-process --profile by-path`, byName],
  ["unnamed", "awsmfa credential-process", byName],
  ["wrapped", "wrapper wrapped", byStatus],
  ["there", "awsmfa credential-process --profile back", byStatus],
  ["back", "awsmfa credential-process --profile there", byStatus],
];

async function startCircles(): Promise<ProcessHome> {
  const home = await startProcessHome();
  home.program("bin/wrapper", 'exec awsmfa credential-process --profile "$1"');
  const device = `region = us-east-1\nmfa_serial = ${home.user.serial}\n`;
  for (const [profile, command] of circles) {
    home.configure(`[profile "${profile}"]\n${device}credential_process = ${command}\n`);
  }
  home.configure("[profile bare]\ncredential_process = awsmfa credential-process --profile bare\n");
  addRoles(home, { admin: { source_profile: "wrapped" }, deploy: { source_profile: "loop" } });
  return home;
}

/** Nothing is asked for, and no lock is waited for, which would take minutes. */
function expectAdvice(home: ProcessHome, { code, stdout, stderr }: Ended, says: string): void {
  expect({ code, stdout }).toEqual({ code: 253, stdout: "" });
  expect(stderr).toContain(says);
  expect(home.prompts()).toEqual([]);
  expect(home.asked()).toEqual([]);
}

describe.concurrent("a profile that gets its keys from the session made of them", () => {
  test("is refused with advice, in whatever words it does so", async () => {
    await using home = await startCircles();
    const rows = [
      ...circles,
      ["bare", "", byName],
      ["admin", "", byStatus],
      ["deploy", "", byName.replace("NAME", "loop")],
    ];
    for (const [profile = "", , says = ""] of rows) {
      expectAdvice(home, await home.ask({}, profile), says.replace("NAME", profile));
    }
    expectAdvice(
      home,
      await home.ask({ AWS_PROFILE: "unnamed" }, ""),
      byName.replace("NAME", "unnamed"),
    );
  });

  test.each([
    ["session", "s3", "ls"],
    ["exec", "true"],
    ["exports", "--format", "json"],
  ])("is refused by %s", async (...command) => {
    await using home = await startCircles();
    for (const [profile, says] of [
      ["loop", byName.replace("NAME", "loop")],
      ["wrapped", byStatus],
    ] as const) {
      const env = { ...home.env, AWS_PROFILE: profile };
      expectAdvice(home, await runAwsmfa(command, { env }), says);
    }
  });

  test.each(awsCommands)("aws $version shows the advice", async ({ path }) => {
    await using home = await startCircles();
    const args = ["sts", "get-caller-identity", "--endpoint-url", home.sandbox.url];
    for (const [profile, says] of [
      ["loop", byName.replace("NAME", "loop")],
      ["wrapped", byStatus],
    ] as const) {
      const ended = await run(path, [...args, "--profile", profile], { env: home.env });
      expect(ended).toMatchObject({ code: expect.toSatisfy((code) => code !== 0), stdout: "" });
      expect(ended.stderr).toContain(says);
    }
    expect(home.prompts()).toEqual([]);
  });
});

describe.concurrent("a profile that gets its keys from the session of another one", () => {
  /** Role `admin` stands on dev-mfa, and so on dev; `marked` does so with a device of its own. */
  async function startChain(): Promise<ProcessHome> {
    const home = await startProcessHome({ roles: [{ name: "admin", trust: { mfa: true } }] });
    const marked = { role: "admin", source_profile: "dev-mfa", mfa_serial: home.user.serial };
    addRoles(home, { admin: { source_profile: "dev-mfa" }, marked });
    return home;
  }

  test("has the very same one", async () => {
    await using home = await startChain();
    const [ofItself, ofSource] = [await home.ask({}, "dev-mfa"), await home.ask({}, "dev")];
    expect(answerOf(ofItself)).toEqual(answerOf(ofSource));
    expect(home.prompts()).toHaveLength(1);
  });

  test("can be the source of a role, for awsmfa as for aws", async () => {
    await using home = await startChain();
    home.program("bin/aws", 'printf "%s\\n" "$AWS_ACCESS_KEY_ID"');
    const env = { ...home.env, AWS_PROFILE: "marked" };
    const ours = await runAwsmfa(["session", "s3", "ls"], { env });
    const key = storedFor(home, "marked")["access_key_id"];
    expect(ours).toEqual({ code: 0, signal: null, stdout: `${key}\n`, stderr: "" });
    expect(answerOf(await home.ask({}, "marked"))["AccessKeyId"]).toBe(key);
    // One that knows AWS_ENDPOINT_URL: it asks STS for roles by that.
    const args = ["sts", "get-caller-identity", "--output=text", "--query=Arn", "--profile=admin"];
    const theirs = await run(awsCommands[0]!.path, args, { env: home.env });
    expect(theirs).toMatchObject({ code: 0, stderr: "" });
    expect(theirs.stdout).toMatch(/:assumed-role\/admin\//);
    expect(home.prompts()).toEqual(["MFA code for phone (profile dev): "]);
  });
});
