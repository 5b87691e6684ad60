import { copyFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { awsmfa } from "../support/commands.ts";
import { devSection, startLab, type Lab } from "../support/lab.ts";
import { runApp } from "../support/sdk-app.ts";
import { runAwsmfa } from "../support/run.ts";

/** A lab that is signed in, and whose active profile has the session of `dev` by our own process. */
async function labOfDevMfa(): Promise<Lab> {
  const lab = await startLab();
  const process = `${globalThis.process.execPath} ${awsmfa} credential-process --profile dev`;
  const section = `[profile dev-mfa]\ncredential_process = ${process}\nregion = eu-west-3\n`;
  lab.write(".aws/config", devSection(lab.serial) + section);
  await lab.signIn();
  return { ...lab, env: { ...lab.env, AWS_PROFILE: "dev-mfa", AWS_MFA_PROMPT: "none" } };
}

describe("a profile that has its session from another one, as --install adds it", () => {
  test("status knows that it is ready", async () => {
    await using lab = await labOfDevMfa();
    const ended = await runAwsmfa(["status"], lab);
    expect(ended).toMatchObject({ code: 0, stderr: "" });
    expect(ended.stdout).toMatch(/dev-mfa/);
  });

  test.each<[command: string, args: string[], says: RegExp]>([
    ["credential-process", [], /"AccessKeyId": "ASIA/],
    [
      "serve",
      ["--", "sh", "-c", "echo $AWS_CONTAINER_CREDENTIALS_FULL_URI $AWS_REGION"],
      /\/profiles\/dev eu-west-3\n/,
    ],
    ["exports", ["--shell", "sh"], /^export AWS_ACCESS_KEY_ID='ASIA/],
  ])("%s gives that session", async (command, args, says) => {
    await using lab = await labOfDevMfa();
    const ended = await runAwsmfa([command, ...args], lab);
    expect(ended).toMatchObject({ code: 0, stdout: expect.stringMatching(says), stderr: "" });
  });

  test.each<[command: string, args: string[]]>([
    ["watch", ["--once", "--profile", "dev"]],
    ["refresh", ["--profile", "dev", "--long-term-suffix", "none", "--short-term-suffix", "mfa"]],
  ])("%s does not write keys that would hide it, and asks for no code", async (command, args) => {
    await using lab = await labOfDevMfa();
    const credentials = join(lab.home, ".aws/credentials");
    const before = readFileSync(credentials, "utf8");
    const ended = await runAwsmfa([command, ...args], { env: { ...lab.env, AWS_MFA_PROMPT: "" } });
    expect(ended).toMatchObject({ code: 253, stdout: "" });
    expect(ended.stderr).toMatch(
      /^awsmfa: profile dev-mfa has its session from awsmfa credential-process: /,
    );
    expect(readFileSync(credentials, "utf8")).toBe(before);
  });

  test("clean forgets that session", async () => {
    await using lab = await labOfDevMfa();
    const ended = await runAwsmfa(["clean", "dev-mfa"], lab);
    expect(ended).toMatchObject({
      code: 0,
      stdout: "Forgot the session of profile dev (device phone).\n",
    });
    expect(lab.stored()).toEqual([]);
  });

  test("clean forgets those of a profile that has both, and does without a file", async () => {
    await using lab = await labOfDevMfa();
    const config = readFileSync(join(lab.home, ".aws/config"), "utf8");
    copyFileSync(join(lab.store, "dev"), join(lab.store, "dev-mfa"));
    lab.write(".aws/config", "no section");
    expect(await runAwsmfa(["clean", "dev-mfa"], lab)).toMatchObject({ code: 0, stderr: "" });
    expect(lab.stored()).toEqual(["dev"]);
    copyFileSync(join(lab.store, "dev"), join(lab.store, "dev-mfa"));
    lab.write(".aws/config", config);
    expect(await runAwsmfa(["clean", "dev-mfa"], lab)).toMatchObject({ code: 0 });
    expect(lab.stored()).toEqual([]);
  });

  test("where nobody can be asked, the command that is named helps", async () => {
    await using lab = await startLab();
    const env = { ...lab.env, AWS_PROFILE: "", AWS_MFA_PROMPT: "none" };
    const ask = () => runAwsmfa(["credential-process", "--profile", "dev"], { env });
    const [, named = ""] = /awsmfa (exec .*)$/m.exec((await ask()).stderr) ?? [];
    const code = { AWS_MFA_TOKEN: lab.sandbox.freshCode("alice") };
    const got = await runAwsmfa(named.split(" "), { env: { ...env, ...code } });
    expect(got).toMatchObject({ code: 0, stderr: "" });
    expect(await ask()).toMatchObject({ code: 0, stdout: expect.stringContaining("ASIA") });
  });

  test("the library gives that session, too", async () => {
    await using lab = await labOfDevMfa();
    const body = `tell((await fromMfaSession({ profile: "dev-mfa" })()).accessKeyId);`;
    const { told } = await runApp(lab, body);
    expect(told).toEqual([expect.stringMatching(/^ASIA/)]);
  });
});
