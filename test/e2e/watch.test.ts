import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { awsCommands } from "../support/commands.ts";
import { run, runAwsmfa } from "../support/run.ts";
import { expectNoSecrets } from "./expect-no-secrets.ts";
import { startHomeOfTwo } from "./home-of-two.ts";
import { processesOf } from "./processes-of.ts";
import { untilHanging } from "./until-hanging.ts";
import { startWatchHome, type WatchHome } from "./watch-home.ts";

vi.setConfig({ maxConcurrency: 8 });

const dev = ["--profile", "dev"];

describe.concurrent("one watcher a section", () => {
  test("a second one says who holds it: 253", async () => {
    await using home = await startWatchHome();
    mkdirSync(join(home.home, "links"));
    symlinkSync("../.aws/credentials", join(home.home, "links/credentials"));
    symlinkSync(".aws", join(home.home, "aws"));
    home.write(".aws/config", `[profile same]\nsource_profile = dev\n`);
    const first = home.watch(dev);
    await first.until("is renewed");
    const text = home.text();
    const others: [args: string[], more: Readonly<Record<string, string>>][] = [
      [dev, {}],
      [[...dev, "--json"], {}],
      [[...dev, "--once"], {}],
      [[...dev, "--mfa-serial-number", home.user.serial, "--duration", "900"], {}],
      [[...dev, "--profile", "dev", "--target", "more", "--target", "dev-mfa"], {}],
      [dev, { AWS_SHARED_CREDENTIALS_FILE: join(home.home, "links/credentials") }],
      [dev, { AWS_SHARED_CREDENTIALS_FILE: join(home.home, "aws/credentials") }],
    ];
    await Promise.all(
      others.map(async ([args, more]) => {
        const other = home.watch(args, more);
        expect([args, more, await other.ended]).toEqual([args, more, 253]);
        const says = new RegExp(
          `^awsmfa: .*\\b${first.pid}\\b.* keeps profile dev-mfa fresh already\\.`,
        );
        expect(other.stderr).toMatch(says);
        expect(other.stdout).toBe("");
      }),
    );
    expect([home.text(), home.prompts().length]).toEqual([text, 1]);
    first.signal("SIGKILL");
    await first.ended;
    const next = home.watch(dev);
    await next.until("is valid for");
  });

  test("other sections, and the same one of another file, may be watched besides", async () => {
    await using home = await startWatchHome();
    const path = home.write("elsewhere/credentials", home.text());
    const watchers = [
      home.watch(dev),
      home.watch([...dev, "--target", "other-mfa"]),
      home.watch(dev, { AWS_SHARED_CREDENTIALS_FILE: path }),
    ];
    for (const watcher of watchers) await watcher.until("is renewed");
    // Of one identity one asks at a time: the others take what it gets.
    expect(home.prompts()).toHaveLength(1);
    expect(home.asked()).toHaveLength(1);
    expect(readFileSync(path, "utf8")).toContain("\n[dev-mfa]\n");
    for (const name of ["dev-mfa", "other-mfa"]) {
      expect(await home.arnOf(name)).toMatch(/:user\/alice$/);
    }
  });
});

describe.concurrent("several profiles in one process", () => {
  test("of two users each has its own device, code and section", async () => {
    await using home = await startHomeOfTwo();
    const before = home.text();
    const watcher = home.watch(["--profile", "dev", "--profile", "ops"]);
    await watcher.until("profile dev-mfa is renewed");
    await watcher.until("profile ops-mfa is renewed");
    expect(home.text().startsWith(`${before}\n[dev-mfa]\n`)).toBe(true);
    expect(await home.arnOf("dev-mfa")).toMatch(/:user\/alice$/);
    expect(await home.arnOf("ops-mfa")).toMatch(/:user\/bob$/);
    expect(home.prompts()).toHaveLength(2);
  });

  test("one that cannot be renewed does not keep the other from it", async () => {
    await using home = await startHomeOfTwo();
    home.sandbox.revoke(home.user.accessKeyId);
    const watcher = home.watch(["--profile", "dev", "--profile", "ops"]);
    await watcher.until(/profile dev-mfa: .*InvalidClientTokenId.*; trying again/);
    await watcher.until("profile ops-mfa is renewed");
    expect(home.prompts()).toHaveLength(1);
  });

  test("one whose prompt nobody answers keeps the other waiting for that long only", async () => {
    await using home = await startHomeOfTwo();
    const right = home.answer;
    home.answer = () => (home.prompts().at(-1)!.includes("alice") ? "hang" : right());
    const args = ["--profile", "dev", "--profile", "ops", "--prompt-timeout", "1"];
    const watcher = home.watch(args);
    await watcher.until(/profile dev-mfa: .*trying again/);
    await watcher.until("profile ops-mfa is renewed");
  });

  test("two sections of one user share the code", async () => {
    await using home = await startWatchHome();
    const args = [...dev, ...dev, "--target", "one", "--target", "two"];
    const watcher = home.watch(args);
    await watcher.until("profile one is renewed");
    await watcher.until("profile two is renewed");
    const { aws_session_token: token } = home.section("one");
    expect(home.section("two")["aws_session_token"]).toBe(token);
    expect([home.prompts().length, home.asked().length]).toEqual([1, 1]);
  });
});

describe.concurrent("with the other commands", () => {
  const session = ["session", "sts", "get-caller-identity", "--profile", "dev"];

  test("a session of theirs is used without a prompt", async () => {
    await using home = await startWatchHome();
    const token = { AWS_MFA_TOKEN: home.sandbox.freshCode("alice") };
    const env = { ...home.env, ...token, AWS_MFA_AWS_PATH: awsCommands[0]!.path };
    expect(await runAwsmfa(session, { env })).toMatchObject({ code: 0 });
    home.answer = () => "hang";
    const watcher = home.watch(dev);
    await watcher.until("is renewed");
    expect([home.prompts().length, home.asked().length]).toEqual([0, 1]);
  });

  test("and theirs use the watcher's", async () => {
    await using home = await startWatchHome();
    const watcher = home.watch(dev);
    await watcher.until("is renewed");
    const env = { ...home.env, AWS_MFA_AWS_PATH: awsCommands[0]!.path, AWS_MFA_PROMPT: "none" };
    const ended = await runAwsmfa(session, { env });
    expect(ended).toMatchObject({ code: 0, stdout: expect.stringContaining(":user/alice") });
    expect(home.asked()).toHaveLength(1);
  });

  test("roles are assumed with it by the real aws, without a code", async () => {
    await using home = await startWatchHome(undefined, {
      users: [{ name: "alice", devices: ["phone"] }],
      roles: [{ name: "admin", trust: { mfa: true } }],
    });
    const role = "role_arn = arn:aws:iam::123456789012:role/admin\nsource_profile = dev-mfa\n";
    home.write(".aws/config", `[profile admin]\n${role}`);
    const watcher = home.watch(dev);
    await watcher.until("is renewed");
    expect(await home.arnOf("admin")).toMatch(/:assumed-role\/admin\//);
  });

  test("AWS_PROFILE=dev-mfa is what programs have, and means profile dev", async () => {
    await using home = await startWatchHome();
    const watcher = home.watch([], { AWS_PROFILE: "dev-mfa" });
    await watcher.until("profile dev-mfa is renewed");
    const { stdout } = await run(
      awsCommands[0]!.path,
      ["sts", "get-caller-identity", "--output=text", "--query=Arn"],
      { env: { ...home.env, AWS_PROFILE: "dev-mfa" } },
    );
    expect(stdout).toMatch(/:user\/alice\n$/);
  });
});

describe.concurrent("where codes come from", () => {
  test("AWS_MFA_TOKEN is good for the first renewal alone", async () => {
    await using home = await startWatchHome();
    const watcher = home.watch(dev, { AWS_MFA_TOKEN: home.sandbox.freshCode("alice") });
    await watcher.until("is renewed");
    expect(home.prompts()).toEqual([]);
    watcher.signal("SIGUSR1");
    await watcher.until("is renewed");
    expect(watcher.stderr).not.toContain("AWS_MFA_TOKEN");
    expect(home.prompts()).toHaveLength(1);
  });

  test("a wrong AWS_MFA_TOKEN is told, and somebody asked", async () => {
    await using home = await startWatchHome();
    const watcher = home.watch(dev, { AWS_MFA_TOKEN: home.sandbox.wrongCode("alice") });
    await watcher.until("AWS_MFA_TOKEN is wrong or already used");
    await watcher.until("is renewed");
    expect(home.prompts()).toHaveLength(1);
  });

  test("mfa_process, for every renewal and without anybody", async () => {
    await using home = await startWatchHome();
    const log = join(home.home, "prompts");
    const process = `printf 'process\\n' >>${log}; ${join(home.home, "bin/askpass")} asked`;
    home.write(
      ".aws/config",
      `[profile dev]\nmfa_process = sh -c "${process.replaceAll("\\", "\\\\")}"\n`,
    );
    const watcher = home.watch(dev, { AWS_MFA_PROMPT: "none", AWS_MFA_ASKPASS: "" });
    await watcher.until("is renewed");
    watcher.signal("SIGUSR1");
    await watcher.until("is renewed");
    expect(home.prompts().filter((line) => line === "asked")).toHaveLength(2);
  });

  test("an mfa_process that hangs is ended, and somebody is asked", async () => {
    await using home = await startWatchHome();
    home.write(".aws/config", "[profile dev]\nmfa_process = sleep 987 & sleep 987\n");
    const watcher = home.watch([...dev, "--prompt-timeout", "2"]);
    await watcher.until(/mfa_process failed \(no answer within 2 s\)/);
    await watcher.until("is renewed");
    expect(processesOf(home.home).filter((line) => line.includes("sleep 987"))).toEqual([]);
  });

  test("a credential_process that hangs is ended, and run again", async () => {
    await using home = await startWatchHome(() => "[other]\nregion = x\n");
    const { accessKeyId, secretAccessKey, serial } = home.user;
    const keys = { Version: 1, AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey };
    home.write("keys.json", JSON.stringify(keys));
    const script = home.write(
      "bin/keys",
      '#!/bin/sh\n[ -e "$HOME/go" ] || sleep 987\ncat "$HOME/keys.json"\n',
    );
    chmodSync(script, 0o755);
    home.write(
      ".aws/config",
      `[profile dev]\nmfa_serial = ${serial}\ncredential_process = ${script}\n`,
    );
    const watcher = home.watch([...dev, "--prompt-timeout", "2"]);
    await watcher.until(/profile dev-mfa: .*credential_process.*trying again in/);
    expect(processesOf(home.home).filter((line) => line.includes("sleep 987"))).toEqual([]);
    home.write("go", "");
    watcher.signal("SIGUSR1");
    await watcher.until("is renewed");
    expect(await home.arnOf("dev-mfa")).toMatch(/:user\/alice$/);
    expectNoSecrets(home, watcher.stderr, watcher.stdout);
  });
});

test.concurrent("secrets are seen nowhere but in the file and in the store", async () => {
  await using home = await startWatchHome();
  home.answer = () => "hang";
  const watcher = home.watch(dev, { AWS_MFA_DEBUG: "1" });
  await untilHanging(home);
  const processes = processesOf(home.home);
  expect(processes).toContainEqual(expect.stringMatching(/awsmfa\.cjs renew /));
  home.answer = () => home.sandbox.freshCode("alice");
  watcher.signal("SIGTERM");
  expect(await watcher.ended).toBe("SIGTERM");
  const next = home.watch(dev, { AWS_MFA_DEBUG: "1" });
  await next.until("is renewed");
  const said = [watcher, next].flatMap(({ stdout, stderr }) => [stdout, stderr]);
  expectNoSecrets(home, ...processes, ...processesOf(home.home), ...said, ...ownFiles(home));
  expect(processes.join("\n")).not.toContain(home.user.accessKeyId);
});

/** The contents of everything below the home but of the credentials file and of the store, all of it private. */
function ownFiles({ home, path }: WatchHome): string[] {
  return readdirSync(home, { recursive: true, withFileTypes: true }).flatMap((entry) => {
    const file = join(entry.parentPath, entry.name);
    const isSecret = file === path || file.includes("aws-mfa-secure-sessions");
    if (!entry.isFile() || isSecret) return [];
    if (file.includes("lock")) expect([file, statSync(file).mode & 0o077]).toEqual([file, 0]);
    return [readFileSync(file, "utf8")];
  });
}
