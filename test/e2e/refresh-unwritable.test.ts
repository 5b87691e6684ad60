import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, symlinkSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { SandboxUser } from "../../src/sandbox/sandbox.ts";
import { awsmfa } from "../support/commands.ts";
import { keysSection } from "../support/lab.ts";
import { canMount, mounted, unprivileged } from "../support/own-mount.ts";
import { run, type Ended } from "../support/run.ts";
import { startRefreshHome, type RefreshHome } from "./refresh-home.ts";

/** How the credentials file is kept from being written. It lies in a folder of its own, `disk`. */
interface Case {
  readonly title: string;
  /** The system's name for it, or our words. */
  readonly says: RegExp;
  readonly code: 253 | 255;
  /** Whether that comes to light before a code is given. */
  readonly early: boolean;
  prepare?(file: string): void;
  /** A shell script that runs awsmfa as `"$@"`. */
  readonly within?: string;
}

/** What stands on the mount is seen by its own processes alone. */
const leave = "cp disk/credentials after; ls -A disk >left; exit $code";

const cases: readonly Case[] = [
  {
    title: "a link to nowhere",
    says: /is a link to/,
    code: 253,
    early: true,
    prepare: (file) => {
      renameSync(file, `${file}-moved`);
      symlinkSync("no/where", file);
    },
  },
  {
    title: "a link to itself",
    says: /ELOOP|is a link to/,
    code: 253,
    early: true,
    prepare: (file) => {
      renameSync(file, `${file}-moved`);
      symlinkSync("credentials", file);
    },
  },
  {
    title: "a folder in its place",
    says: /is not a file/,
    code: 253,
    early: true,
    prepare: (file) => {
      renameSync(file, `${file}-moved`);
      mkdirSync(file);
    },
  },
  {
    title: "a pipe in its place",
    says: /is not a file/,
    code: 253,
    early: true,
    prepare: (file) => {
      renameSync(file, `${file}-moved`);
      execFileSync("mkfifo", [file]);
    },
  },
  {
    title: "a read-only folder",
    says: /EACCES/,
    code: 253,
    early: true,
    within: `chmod 500 disk; ${unprivileged} "$@"`,
  },
  {
    title: "a read-only folder that holds the lock already",
    says: /EACCES/,
    code: 253,
    early: true,
    within: `touch disk/.credentials.lock; chmod 500 disk; ${unprivileged} "$@"`,
  },
  {
    title: "a read-only file",
    says: /EACCES/,
    code: 253,
    early: true,
    within: `chmod 400 disk/credentials; ${unprivileged} "$@"`,
  },
  {
    title: "a file that may not even be read",
    says: /cannot be read \(EACCES\)/,
    code: 253,
    early: true,
    within: `chmod 0 disk/credentials; ${unprivileged} "$@"`,
  },
  {
    // The first block can be written, the rest cannot: half a file.
    title: "a limit of one block",
    says: /EFBIG/,
    code: 255,
    early: false,
    within: "trap '' XFSZ; ulimit -f 1; exec \"$@\"",
  },
  ...(canMount
    ? [
        {
          title: "a read-only file system",
          says: /EROFS/,
          code: 253,
          early: true,
          within: mounted("$HOME/disk", "size=1m", 'mount -o remount,bind,ro disk; exec "$@"'),
        } as const,
        {
          title: "a full disk",
          says: /ENOSPC/,
          code: 255,
          early: false,
          within: mounted(
            "$HOME/disk",
            "size=64k",
            `cat /dev/zero >disk/fill 2>/dev/null; "$@"; code=$?; ${leave}`,
          ),
        } as const,
        {
          title: "a disk that takes no new file",
          says: /ENOSPC/,
          code: 255,
          early: true,
          within: mounted("$HOME/disk", "size=1m,nr_inodes=2", `"$@"; code=$?; ${leave}`),
        } as const,
        {
          title: "a disk that takes no new file but the lock",
          says: /ENOSPC/,
          code: 255,
          early: false,
          within: mounted("$HOME/disk", "size=1m,nr_inodes=3", `"$@"; code=$?; ${leave}`),
        } as const,
      ]
    : []),
];

describe.concurrent("the credentials file", () => {
  test.each(cases)("$title", async ({ says, code, early, prepare, within = 'exec "$@"' }) => {
    await using home = await startRefreshHome(keys, {
      // Tokens as long as AWS's can be: a session takes more than one block.
      users: [{ name: "alice", devices: ["phone"] }],
      tokenLength: 2500,
    });
    const before = home.text();
    const file = home.write("disk/credentials", before);
    // The keys are there even where that file cannot be read.
    home.write(".aws/config", before.replace("[dev", "[profile dev"));
    prepare?.(file);
    const ended = await refreshWithin(home, within);

    expect(ended).toMatchObject({ code, stdout: "", stderr: expect.stringMatching(says) });
    expect(ended.stderr).toContain(file);
    expect(home.asked()).toHaveLength(early ? 0 : 1);
    const left = leftBehind(home);
    expect(
      left.names.filter((name) => !/^(credentials(-moved)?|\.credentials\.lock|fill)$/.test(name)),
    ).toEqual([]);
    expect(left.text).toBe(before);
    if (!early && left.mine && !ended.stderr.includes("could not be stored")) {
      execFileSync("chmod", ["-R", "u+rwX", join(home.home, "disk")]);
      // The code was not given in vain.
      expect(await home.refresh(dev, { AWS_SHARED_CREDENTIALS_FILE: file })).toMatchObject({
        code: 0,
      });
    }
  });
});

const dev = ["--profile", "dev"];

function keys(user: SandboxUser): string {
  return `${keysSection("dev-long-term", user)}mfa_serial = ${user.serial}\n`;
}

function refreshWithin(home: RefreshHome, script: string): Promise<Ended> {
  const env = {
    ...home.env,
    AWS_MFA_TOKEN: home.sandbox.freshCode("alice"),
    AWS_SHARED_CREDENTIALS_FILE: join(home.home, "disk/credentials"),
  };
  const command = [process.execPath, awsmfa, "refresh", ...dev];
  // bash, whose `ulimit -f` counts in blocks of 1024 bytes.
  const args = ["--norc", "-c", script, "bash", ...command];
  return run("/bin/bash", args, { env, cwd: home.home });
}

interface Left {
  readonly names: string[];
  readonly text: string;
  /** Whether it is still there, and not on a mount that is over. */
  readonly mine: boolean;
}

function leftBehind({ home }: RefreshHome): Left {
  const seenWithin = existsSync(join(home, "left"));
  if (seenWithin) {
    const names = readFileSync(join(home, "left"), "utf8").split("\n").filter(Boolean);
    return { names, text: readFileSync(join(home, "after"), "utf8"), mine: false };
  }
  const disk = join(home, "disk");
  execFileSync("chmod", ["-R", "u+rwX", disk]);
  const names = readdirSync(disk);
  const file = names.find((name) => name === "credentials-moved") ?? "credentials";
  return { names, text: readFileSync(join(disk, file), "utf8"), mine: file === "credentials" };
}
