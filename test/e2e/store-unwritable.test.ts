import { chmodSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startSandbox, type Sandbox } from "../../src/sandbox/sandbox.ts";
import { awsmfa } from "../support/commands.ts";
import { canMount, mounted } from "../support/own-mount.ts";
import { run, type Ended } from "../support/run.ts";
import { sessionFile, userHome, usersNamed, type UserHome } from "./user-home.ts";

/** How the store is kept from being written, and what stays behind in it. */
interface Case {
  readonly title: string;
  /** The system's name for it, as the warning tells it. */
  readonly code: RegExp;
  prepare?(home: UserHome): Readonly<Record<string, string>> | void;
  /** A shell script that runs awsmfa as `"$@"`, for limits that only a child can have. */
  readonly within?: string;
}

const isRoot = process.getuid?.() === 0;

/** Mounts `options` over the home's `.aws`, its files copied into it, and runs `then`. */
const overAws = (options: string, then: string): string =>
  mounted("$HOME/.aws", options, `mkdir -m 700 -p "$HOME/.cache"\n${then}`);

const listStore = 'ls -A "$HOME/.aws/aws-mfa-secure-sessions" >"$HOME/left"; exit $code';

const cases: readonly Case[] = [
  {
    title: "a home that is a file",
    code: /ENOTDIR/,
    prepare: (home) => ({ HOME: home.write("not-a-folder", "") }),
  },
  {
    title: "a home that nobody can write to",
    code: /E(NOENT|ACCES|PERM|ROFS)/,
    prepare: () => ({ HOME: process.platform === "linux" ? "/proc" : "/System" }),
  },
  {
    title: "a store that is a file",
    code: /EEXIST|ENOTDIR/,
    prepare: ({ store }) => writeFileSync(store, ""),
  },
  {
    title: "a store that is a link to nowhere",
    code: /ENOENT|EEXIST/,
    prepare: ({ store }) => symlinkSync("/no/where", store),
  },
  {
    // The first block can be written, the rest cannot: half a file.
    title: "a disk that is full after the first block",
    code: /EFBIG/,
    within: "trap '' XFSZ; ulimit -f 1; exec \"$@\"",
  },
  {
    title: "a disk that takes not one byte more",
    code: /EFBIG/,
    within: "trap '' XFSZ; ulimit -f 0; exec \"$@\"",
  },
  ...(isRoot
    ? []
    : [
        {
          title: "a read-only home",
          code: /EACCES/,
          prepare: ({ home }: UserHome): void => {
            chmodSync(join(home, ".aws"), 0o500);
            chmodSync(home, 0o500);
          },
        },
      ]),
  ...(canMount
    ? [
        {
          title: "a read-only file system",
          code: /EROFS/,
          within: overAws("size=1m", 'mount -o remount,bind,ro "$HOME/.aws"; exec "$@"'),
        },
        {
          title: "a full file system",
          code: /ENOSPC/,
          within: overAws(
            "size=64k",
            `mkdir -m 700 "$HOME/.aws/aws-mfa-secure-sessions"
             cat /dev/zero >"$HOME/.aws/fill" 2>/dev/null; "$@"; code=$?; ${listStore}`,
          ),
        },
        {
          title: "a file system that takes no new file",
          code: /ENOSPC/,
          within: overAws(
            "size=1m,nr_inodes=5",
            `mkdir -m 700 "$HOME/.aws/aws-mfa-secure-sessions"
             touch "$HOME"/.aws/fill-1 "$HOME"/.aws/fill-2 2>/dev/null; "$@"; code=$?; ${listStore}`,
          ),
        },
      ]
    : []),
];

let sandbox: Sandbox;
beforeAll(async () => {
  const people = [...cases.map((_, index) => `user-${index}`), "alice", "bob"];
  // Tokens as long as AWS's can be: a session takes more than one block.
  sandbox = await startSandbox({ users: usersNamed(people), tokenLength: 2500 });
});
afterAll(() => sandbox.close());

/** `aws` as a script would call it: what it prints and its exit status matter. */
const fakeAws = '#!/bin/sh\nprintf "key=%s\\n" "$AWS_ACCESS_KEY_ID"\nexit 7\n';

describe.concurrent("with", () => {
  test.each(cases.map((each, index) => [each.title, each, index] as const))(
    "%s aws runs all the same, and it is said once",
    async (_title, { prepare, within = 'exec "$@"', code }, index) => {
      using home = userHome(sandbox, `user-${index}`);
      const files = awsFilesElsewhere(home);
      const env = { ...files, ...prepare?.(home) };
      const ended = await runWithin(home, within, env);
      makeWritable(home);

      expect({ code: ended.code, stdout: ended.stdout }, ended.stderr).toEqual({
        code: 7,
        stdout: expect.stringMatching(/^key=ASIA\w+\n$/),
      });
      expect(ended.stderr).toMatch(
        /^awsmfa: the session could not be stored in \S+ \(E[A-Z]+\): the next command will ask again\.\n$/,
      );
      expect(ended.stderr).toMatch(code);
      expect(home.stsCalls()).toBe(1);
      expect(leftInStore(home)).toEqual([]);
    },
  );
});

test("a full disk leaves the session that is there as it is", async () => {
  using home = userHome(sandbox, "alice");
  const old = JSON.stringify(sessionFile(home, { expiration: "2001-01-01T00:00:00Z" }));
  const file = home.write(".aws/aws-mfa-secure-sessions/dev", old, 0o600);
  chmodSync(home.store, 0o700);
  const ended = await runWithin(home, "trap '' XFSZ; ulimit -f 1; exec \"$@\"", {});
  expect(ended).toMatchObject({ code: 7 });
  expect(ended.stderr.split("\n")).toHaveLength(2);
  expect(readFileSync(file, "utf8")).toBe(old);
  expect(home.stored()).toEqual(["dev"]);
});

test("a stored session is used where nothing can be written", async () => {
  using home = userHome(sandbox, "bob");
  const first = await home.sessionWithCode();
  const ended = await runWithin(home, "trap '' XFSZ; ulimit -f 0; exec \"$@\"", {});
  expect(ended).toMatchObject({ code: 7, stdout: first.stdout, stderr: "" });
  expect(home.stsCalls()).toBe(1);
});

function runWithin(
  home: UserHome,
  script: string,
  env: Readonly<Record<string, string>>,
): Promise<Ended> {
  const bin = home.write("bin/aws", fakeAws, 0o755);
  const token = sandbox.freshCode(home.user.name);
  const all = { ...home.env, AWS_MFA_AWS_PATH: bin, AWS_MFA_TOKEN: token, ...env };
  const command = [process.execPath, awsmfa, "session", "s3", "ls"];
  // bash, whose `ulimit -f` counts in blocks of 1024 bytes.
  return run("/bin/bash", ["--norc", "-c", script, "bash", ...command], { env: all });
}

/** The AWS files outside the home, which may be no place for files. */
function awsFilesElsewhere({ home, write }: UserHome): Record<string, string> {
  const copy = (name: string): string =>
    write(`files/${name}`, readFileSync(join(home, ".aws", name)));
  return {
    AWS_CONFIG_FILE: copy("config"),
    AWS_SHARED_CREDENTIALS_FILE: copy("credentials"),
  };
}

function makeWritable({ home }: UserHome): void {
  chmodSync(home, 0o700);
  chmodSync(join(home, ".aws"), 0o700);
}

function leftInStore({ home, store, stored }: UserHome): string[] {
  const seenWithin = join(home, "left");
  if (statSync(seenWithin, { throwIfNoEntry: false })) {
    return readFileSync(seenWithin, "utf8").split("\n").filter(Boolean);
  }
  return statSync(store, { throwIfNoEntry: false })?.isDirectory() ? stored() : [];
}
