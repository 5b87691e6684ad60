import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { canMount, mounted } from "../../support/own-mount.ts";
import { isRoot, roomForEach, type EditRoom, type Wanted } from "./edit-room.ts";

/** What keeps the credentials file from being written. */
interface Case {
  readonly title: string;
  /** What the error says of the file. */
  readonly says: RegExp;
  readonly exitCode: 253 | 255;
  readonly prepare?: (room: EditRoom) => void;
  readonly within?: string;
  /** Because root may do it. */
  readonly asOrdinaryUser?: true;
  /** Whether there is no file that could be as before. */
  readonly isMissing?: true;
}

const before = "[a]\nx = 1\n\n[b]\naws_secret_access_key = only here\n";
const wanted: Wanted = { sections: { a: { x: "n".repeat(6000) } }, backup: false };

const cannotBeWritten = (code: string): RegExp =>
  new RegExp(`^PATH cannot be written \\(${code}\\): nothing was changed\\.$`);

/** Runs the worker on a small file system; what it leaves there is copied to where it can be seen. */
const small = (options: string, then: string): string =>
  mounted(
    "$HOME/.aws",
    options,
    `${then}; rm -f "$HOME/.aws/fill"; cp -r "$HOME/.aws" "$HOME/left"`,
  );

const inPlaceOfFile = (make: (path: string) => void) => ({
  prepare: ({ path }: EditRoom): void => {
    mkdirSync(dirname(path), { recursive: true });
    rmSync(path, { force: true });
    make(path);
  },
  isMissing: true as const,
});

const cases: readonly Case[] = [
  {
    title: "a link to nowhere",
    says: /^PATH is a link to a file that does not exist: nothing was written\.$/,
    exitCode: 253,
    ...inPlaceOfFile((path) => symlinkSync("../gone", path)),
  },
  {
    title: "a link to a folder that does not exist",
    says: /^PATH is a link to a file that does not exist: nothing was written\.$/,
    exitCode: 253,
    ...inPlaceOfFile((path) => symlinkSync("/no/where", path)),
  },
  {
    title: "a link to itself",
    says: cannotBeWritten("ELOOP"),
    exitCode: 253,
    ...inPlaceOfFile((path) => symlinkSync("credentials", path)),
  },
  {
    title: "a folder in its place",
    says: /^PATH is not a file: nothing was written\.$/,
    exitCode: 253,
    ...inPlaceOfFile((path) => mkdirSync(path)),
  },
  {
    title: "a FIFO in its place",
    says: /^PATH is not a file: nothing was written\.$/,
    exitCode: 253,
    ...inPlaceOfFile((path) => execFileSync("mkfifo", [path])),
  },
  {
    title: "a device in its place",
    says: /^PATH is not a file: nothing was written\.$/,
    exitCode: 253,
    ...inPlaceOfFile((path) => symlinkSync("/dev/null", path)),
  },
  {
    title: "a file in the folder's place",
    says: cannotBeWritten("ENOTDIR"),
    exitCode: 253,
    prepare: (room) => {
      rmSync(dirname(room.path), { recursive: true });
      room.write(".aws", "");
    },
    isMissing: true,
  },
  {
    title: "a folder in the lock file's place",
    says: /\/\.credentials\.lock is not a file: nothing was written\.$/,
    exitCode: 253,
    prepare: ({ path }) => mkdirSync(join(dirname(path), ".credentials.lock")),
  },
  {
    title: "a FIFO in the lock file's place",
    says: /\/\.credentials\.lock is not a file: nothing was written\.$/,
    exitCode: 253,
    prepare: ({ path }) => void execFileSync("mkfifo", [join(dirname(path), ".credentials.lock")]),
  },
  {
    title: "a read-only file",
    says: cannotBeWritten("EACCES"),
    exitCode: 253,
    asOrdinaryUser: true,
    prepare: ({ path }) => chmodSync(path, 0o444),
  },
  {
    title: "a file without permission to read it",
    says: /^PATH cannot be read \(EACCES\)\.$/,
    exitCode: 253,
    asOrdinaryUser: true,
    prepare: ({ path }) => chmodSync(path, 0o200),
  },
  {
    title: "a read-only folder",
    says: cannotBeWritten("EACCES"),
    exitCode: 253,
    asOrdinaryUser: true,
    prepare: ({ path }) => chmodSync(dirname(path), 0o500),
  },
  {
    title: "a read-only folder with the lock file in it",
    says: cannotBeWritten("EACCES"),
    exitCode: 253,
    asOrdinaryUser: true,
    prepare: (room) => {
      room.write(".aws/.credentials.lock", "");
      chmodSync(dirname(room.path), 0o500);
    },
  },
  {
    title: "a folder without permission to enter it",
    says: cannotBeWritten("EACCES"),
    exitCode: 253,
    asOrdinaryUser: true,
    prepare: ({ path }) => chmodSync(dirname(path), 0o600),
  },
  {
    title: "a home where no folder can be made",
    says: cannotBeWritten("EACCES"),
    exitCode: 253,
    asOrdinaryUser: true,
    prepare: ({ home, path }) => {
      rmSync(dirname(path), { recursive: true });
      chmodSync(home, 0o500);
    },
    isMissing: true,
  },
  {
    // The first blocks can be written, the rest cannot: half a file.
    title: "a disk that is full after some blocks",
    says: cannotBeWritten("EFBIG"),
    exitCode: 255,
    within: "trap '' XFSZ; ulimit -f 4; exec \"$@\"",
  },
  {
    title: "a disk that takes not one byte more",
    says: cannotBeWritten("EFBIG"),
    exitCode: 255,
    within: "trap '' XFSZ; ulimit -f 0; exec \"$@\"",
  },
  ...(canMount
    ? ([
        {
          title: "a read-only file system",
          says: cannotBeWritten("EROFS"),
          exitCode: 253,
          within: small("size=1m", 'mount -o remount,bind,ro "$HOME/.aws"; "$@"'),
        },
        {
          title: "a read-only file system with the lock file in it",
          says: /\/\.credentials\.lock cannot be written \(EROFS\): nothing was changed\.$/,
          exitCode: 253,
          prepare: (room) => void room.write(".aws/.credentials.lock", ""),
          within: small("size=1m", 'mount -o remount,bind,ro "$HOME/.aws"; "$@"'),
        },
        {
          title: "a full file system",
          says: cannotBeWritten("ENOSPC"),
          exitCode: 255,
          within: small("size=64k", 'cat /dev/zero >"$HOME/.aws/fill" 2>/dev/null; "$@"'),
        },
        {
          title: "a file system that takes no new file",
          says: cannotBeWritten("ENOSPC"),
          exitCode: 255,
          // The root, the file and its lock.
          prepare: (room) => void room.write(".aws/.credentials.lock", ""),
          within: small("size=1m,nr_inodes=3", '"$@"'),
        },
        {
          title: "a file that is a mount of its own",
          says: cannotBeWritten("EBUSY"),
          exitCode: 253,
          within: small(
            "size=1m",
            'mount --bind "$HOME/copy/credentials" "$HOME/.aws/credentials"; "$@"; umount "$HOME/.aws/credentials"',
          ),
        },
      ] satisfies Case[])
    : []),
];

let room: EditRoom;
roomForEach((made) => {
  room = made;
});

describe("with", () => {
  test.each(cases.map((each) => [each.title, each] as const))(
    "%s it is an error that names the path, and the file stays as it is",
    async (_title, { says, exitCode, prepare, within, asOrdinaryUser = false, isMissing }) => {
      room.write(".aws/credentials", before);
      prepare?.(room);
      const outcome = await room.edit(wanted, { asOrdinaryUser, ...(within && { within }) });
      makeReadable(room);
      expect(outcome.message?.replace(room.path, "PATH")).toMatch(says);
      expect(outcome.message).toContain(dirname(room.path));
      expect(outcome).toMatchObject({ exitCode, stderr: "" });
      if (isMissing) return;
      const folder = existsSync(join(room.home, "left")) ? "left" : ".aws";
      expect(readFileSync(join(room.home, folder, "credentials"), "utf8")).toBe(before);
      expect(room.names(folder)).toEqual(["credentials"]);
    },
  );
});

test.each<[code: string, prepare: (room: EditRoom) => void, hint: RegExp]>([
  ["EACCES", ({ path }) => chmodSync(path, 0o444), /permissions.*owner.*folder/],
  ["UnusableFile", ({ path }) => (rmSync(path), mkdirSync(path)), /AWS_SHARED_CREDENTIALS_FILE/],
])("what to do about %s", async (_code, prepare, hint) => {
  room.write(".aws/credentials", before);
  prepare(room);
  expect((await room.edit(wanted, { asOrdinaryUser: true })).hint).toMatch(hint);
});

test("a path is made safe for a terminal", async () => {
  const path = join(room.home, "a\u001b[31mb");
  mkdirSync(path);
  const { message } = await room.edit(wanted, { env: { AWS_SHARED_CREDENTIALS_FILE: path } });
  expect(message).toBe(`${room.home}/a?[31mb is not a file: nothing was written.`);
});

function makeReadable({ home, path }: EditRoom): void {
  chmodSync(home, 0o700);
  if (isRoot || !existsSync(dirname(path))) return;
  chmodSync(dirname(path), 0o700);
  if (existsSync(path)) chmodSync(path, 0o600);
}
