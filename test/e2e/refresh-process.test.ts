import { describe, expect, test } from "vitest";
import type { AccessKeyPair } from "../../src/sandbox/sandbox.ts";
import { mfaSession, type Keys } from "../sandbox/sts-client.ts";
import { startRefreshHome, type RefreshHome } from "./refresh-home.ts";

// Long-term keys that stand in no file: a credential_process prints them.

const admin = "arn:aws:iam::123456789012:role/admin";
const dev = ["--profile", "dev"];
const fileOfOthers = "# mine\n[other]\nregion = eu-west-1\n";

/** A home whose `[profile dev-long-term]` has a program that prints these keys. */
async function startProcessHome(
  keysOf: (home: RefreshHome) => AccessKeyPair | Promise<Keys>,
): Promise<RefreshHome> {
  const home = await startRefreshHome(() => fileOfOthers);
  const { accessKeyId, secretAccessKey, sessionToken } = (await keysOf(home)) as Keys;
  const output = JSON.stringify({
    Version: 1,
    AccessKeyId: accessKeyId,
    SecretAccessKey: secretAccessKey,
    SessionToken: sessionToken,
  });
  const path = home.write("keys.json", output);
  const settings = `mfa_serial = ${home.user.serial}\ncredential_process = cat ${path}\n`;
  home.write(".aws/config", `[profile dev-long-term]\n${settings}`);
  return home;
}

describe.concurrent("keys of a program", () => {
  test.each<[args: string[], arn: RegExp]>([
    [[], /:user\/alice$/],
    [["--assume-role", admin], /:assumed-role\/admin\/local\.user$/],
    [["--assume-role", admin, "--force"], /:assumed-role\/admin\/local\.user$/],
  ])("get a session with the code: %j", async (args, arn) => {
    await using home = await startProcessHome(({ user }) => user);
    expect(await home.refreshWithCode([...dev, ...args])).toMatchObject({ code: 0, stdout: "" });
    expect(home.text().startsWith(`${fileOfOthers}\n[dev]\naws_access_key_id = ASIA`)).toBe(true);
    expect(await home.arnOf("dev")).toMatch(arn);
  });

  test("that are temporary get none: there is nothing to write", async () => {
    await using home = await startProcessHome(({ sandbox }) => mfaSession(sandbox));
    const asked = home.asked();
    const says =
      /the credential_process of profile dev-long-term holds no long-term keys\.\n {2}A session is asked for with/;
    const ended = await home.refreshWithCode(dev);
    expect(ended).toMatchObject({ code: 253, stdout: "", stderr: expect.stringMatching(says) });
    expect([home.text(), home.asked()]).toEqual([fileOfOthers, asked]);
  });

  test("that are temporary assume a role as they are", async () => {
    await using home = await startProcessHome(({ sandbox }) => mfaSession(sandbox));
    expect(await home.refresh([...dev, "--assume-role", admin])).toMatchObject({ code: 0 });
    expect(await home.arnOf("dev")).toMatch(/:assumed-role\/admin\/local\.user$/);
  });
});
