import { chmodSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import type { SandboxUser } from "../../src/sandbox/sandbox.ts";
import { keysSection } from "../support/lab.ts";
import { holdByPython } from "./held-by-python.ts";
import { startWatchHome, type WatchHome } from "./watch-home.ts";

// Every statement of the manual of aws-mfa-credentials 0.1.0.0, and every fault of that tool.

vi.setConfig({ maxConcurrency: 12 });

const mine = (name: string) => (user: SandboxUser) =>
  `# mine\n${keysSection(name, user)}\n[other]\nregion = eu-west-1\n`;

/** A desktop as it is set up for that tool: an `ssh-askpass` on `PATH`, a display, and nothing of ours. */
function desktop({ env, home, write }: WatchHome): Readonly<Record<string, string>> {
  const script = `#!/bin/sh\nprintf '%s\\n' "$#" >>"${home}/counts"\nexec "${home}/bin/askpass" "$@"\n`;
  chmodSync(write("desktop/ssh-askpass", script), 0o755);
  const ours = { AWS_MFA_PROMPT: "", AWS_MFA_ASKPASS: "" };
  return { ...ours, DISPLAY: ":0", PATH: `${home}/desktop:${env["PATH"]}` };
}

describe.concurrent("the flags", () => {
  test.each<[args: string[], section: string, target: string, seconds: number, lead: number]>([
    [[], "default", "default-mfa", 43_200, 300],
    [["--duration", "900"], "default", "default-mfa", 900, 300],
    [["--refresh-lead-time", "60"], "default", "default-mfa", 43_200, 60],
    [["--profile", "dev"], "dev", "dev-mfa", 43_200, 300],
    [
      ["--profile", "dev", "--duration", "1800", "--refresh-lead-time", "0"],
      "dev",
      "dev-mfa",
      1800,
      0,
    ],
  ])("%j", async (args, section, target, seconds, lead) => {
    await using home = await startWatchHome(mine(section));
    const { serial } = home.user;
    const more = { ...desktop(home), ...(section === "default" && { AWS_PROFILE: "default-mfa" }) };
    const watcher = home.watch(["--mfa-serial-number", serial, ...args, "--json"], more);
    await watcher.until('"event":"renewed"');
    expect(home.asked()).toEqual([`GetSessionToken for ${seconds} device ${serial}`]);
    const owner = `profile ${target}, renewing for ${seconds} seconds`;
    expect(home.prompts()).toEqual([`MFA code for phone (${owner}): `]);
    expect(readFileSync(join(home.home, "counts"), "utf8")).toBe("1\n");
    const renewed = watcher.events().find(({ event }) => event === "renewed");
    const timeOf = (field: string): number => Date.parse(String(renewed?.[field]));
    expect((timeOf("expiration") - timeOf("renewal")) / 1000).toBe(lead);
    expect(timeOf("expiration") - Date.now()).toBeLessThanOrEqual(seconds * 1000);
    expect(await home.arnOf(target)).toBe(`arn:aws:iam::123456789012:user/alice`);
    expect(home.text()).toMatch(new RegExp(`^# mine\\n[^]*\\n\\n\\[${target}\\]\\n`));
  });

  test("the source is never touched, and the serial may stand in it", async () => {
    await using home = await startWatchHome();
    const before = home.text();
    const watcher = home.watch(["--profile", "dev"], desktop(home));
    await watcher.until("profile dev-mfa is renewed: valid for 12 h, until");
    expect(home.text().startsWith(`${before}\n[dev-mfa]\n`)).toBe(true);
    expect(statSync(home.path).mode & 0o777).toBe(0o644);
  });

  test("without askpass, and without a terminal, it says at once how to give a code", async () => {
    await using home = await startWatchHome(mine("default"));
    const more = { AWS_MFA_PROMPT: "", AWS_MFA_ASKPASS: "", DISPLAY: ":0" };
    const watcher = home.watch(["--mfa-serial-number", home.user.serial], more);
    expect(await watcher.ended).toBe(253);
    expect(watcher.stderr).toMatch(/^awsmfa: no MFA code for phone .*, and nobody to ask\.\n/);
    expect(watcher.stderr).toMatch(/AWS_MFA_TOKEN[^]*mfa_process[^]*AWS_MFA_ASKPASS/);
    expect(home.asked()).toEqual([]);
  });
});

describe.concurrent("the locking protocol", () => {
  test("whoever holds .credentials.lock by fcntl is waited for", async () => {
    await using home = await startWatchHome();
    const lock = await holdByPython(join(home.home, ".aws/.credentials.lock"), 5);
    const before = home.text();
    const watcher = home.watch(["--profile", "dev"], desktop(home));
    // What was read before is read again within the lock.
    await watcher.until("waiting for");
    expect(home.text()).toBe(before);
    const changed = before.replace("eu-west-1", "eu-west-2");
    home.write(".aws/credentials", changed);
    const given = await lock.given;
    await watcher.until("is renewed");
    expect(statSync(home.path).mtimeMs).toBeGreaterThanOrEqual(given - 10);
    expect(home.text().startsWith(`${changed}\n[dev-mfa]\n`)).toBe(true);
    expect(watcher.stderr).toMatch(/waiting for .*, which holds \S+\/\.credentials\.lock\./);
  });

  test("it is the one of the manual, not credentials.lock", async () => {
    await using home = await startWatchHome();
    await holdByPython(join(home.home, ".aws/credentials.lock"), 3);
    const watcher = home.watch(["--profile", "dev"], desktop(home));
    await watcher.until("is renewed");
    expect(watcher.stderr).not.toContain("waiting for");
  });
});

describe.concurrent("its faults are gone", () => {
  test("a line that cannot be parsed deletes nothing", async () => {
    await using home = await startWatchHome();
    const [before, broken] = [home.text(), `${home.text()}neither this\n[last]\nregion = x\n`];
    home.write(".aws/credentials", broken);
    const watcher = home.watch(["--profile", "dev", "--once"], desktop(home));
    expect(await watcher.ended).toBe(253);
    expect(home.text()).toBe(broken);
    expect([home.asked(), home.prompts()]).toEqual([[], []]);
    expect(before.length).toBeLessThan(home.text().length);
  });

  test("comments, order and spacing stay, and what is written has `=`", async () => {
    const odd = (user: SandboxUser): string =>
      `; first\n[zeta]\nregion:x\n\n${keysSection("dev", user)}# last of dev\n[alpha]\n  # deep\nregion =y`;
    await using home = await startWatchHome(odd);
    const before = home.text();
    const inode = statSync(home.path).ino;
    const watcher = home.watch(
      ["--profile", "dev", "--mfa-serial-number", home.user.serial],
      desktop(home),
    );
    await watcher.until("is renewed");
    expect(home.text().startsWith(`${before}\n\n[dev-mfa]\n`)).toBe(true);
    const written = home.text().slice(before.length).trim().split("\n").slice(1);
    expect(written.filter((line) => !/^\w+ = \S/.test(line))).toEqual([]);
    // Not truncated in its place: whoever reads it sees the one or the other.
    expect(statSync(home.path).ino).not.toBe(inode);
  });

  test("nothing is asked while the session is valid, of whichever watcher", async () => {
    await using home = await startWatchHome();
    const first = home.watch(["--profile", "dev"], desktop(home));
    await first.until("is renewed");
    first.signal("SIGTERM");
    expect(await first.ended).toBe("SIGTERM");
    const before = home.text();
    const second = home.watch(["--profile", "dev"], desktop(home));
    await second.until("profile dev-mfa is valid for 1");
    expect([home.text(), home.prompts().length, home.asked().length]).toEqual([before, 1, 1]);
  });

  test("a wrong code ends nothing, and is seen", async () => {
    await using home = await startWatchHome();
    const right = home.answer;
    home.answer = () => {
      home.answer = right;
      return home.sandbox.wrongCode("alice");
    };
    const watcher = home.watch(["--profile", "dev"], desktop(home));
    await watcher.until("that code is wrong or already used: wait for the next code.");
    await watcher.until("is renewed");
    expect(home.prompts()).toHaveLength(2);
  });

  test("the new profile has the region and the output of the old one", async () => {
    await using home = await startWatchHome();
    home.write(".aws/config", "[profile dev]\nregion = eu-central-1\noutput = text\n");
    const watcher = home.watch(["--profile", "dev"], desktop(home));
    await watcher.until("is renewed");
    expect(home.section("dev-mfa")).toMatchObject({ region: "eu-central-1", output: "text" });
    expect(readFileSync(join(home.home, ".aws/config"), "utf8")).not.toContain("dev-mfa");
  });

  test("AWS_SHARED_CREDENTIALS_FILE, and its folder, are the ones used", async () => {
    await using home = await startWatchHome();
    const before = home.text();
    const path = home.write("elsewhere/keys", before);
    await holdByPython(join(home.home, ".aws/.credentials.lock"), 3);
    const lock = await holdByPython(join(home.home, "elsewhere/.credentials.lock"), 2);
    const more = { ...desktop(home), AWS_SHARED_CREDENTIALS_FILE: path };
    const watcher = home.watch(["--profile", "dev"], more);
    await watcher.until("is renewed");
    expect(Date.now()).toBeGreaterThanOrEqual(await lock.given);
    expect(home.text()).toBe(before);
    expect(readFileSync(path, "utf8")).toContain("\n[dev-mfa]\n");
  });

  test("keys are read anew: they may be replaced while it runs", async () => {
    await using home = await startWatchHome(undefined, {
      users: [{ name: "alice", devices: ["phone"], keys: 2 }],
    });
    const [old, other] = home.sandbox.user("alice").keys;
    const watcher = home.watch(["--profile", "dev"], desktop(home));
    await watcher.until("is renewed");
    const first = home.section("dev-mfa")["aws_access_key_id"];
    const text = home.text();
    home.write(
      ".aws/credentials",
      text
        .replace(old!.accessKeyId, other!.accessKeyId)
        .replace(old!.secretAccessKey, other!.secretAccessKey),
    );
    home.sandbox.revoke(old!.accessKeyId);
    watcher.signal("SIGHUP");
    await watcher.until("the session of profile dev-mfa is of other keys");
    await watcher.until("is renewed");
    expect(home.section("dev-mfa")["aws_access_key_id"]).not.toBe(first);
    expect(await home.arnOf("dev-mfa")).toMatch(/:user\/alice$/);
    expect(home.prompts()).toHaveLength(2);
  });
});
