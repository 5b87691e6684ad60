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

  test("and so does the library", async () => {
    await using lab = await labOfDevMfa();
    const body = `tell((await fromMfaSession({ profile: "dev-mfa" })()).accessKeyId);`;
    const { told } = await runApp(lab, body);
    expect(told).toEqual([expect.stringMatching(/^ASIA/)]);
  });
});
