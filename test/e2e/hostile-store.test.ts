import { execFileSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startSandbox, type Sandbox } from "../../src/sandbox/sandbox.ts";
import { timeFromNow } from "../support/times.ts";
import { sessionFile, userHome, usersNamed, type UserHome } from "./user-home.ts";

/** The command works in every case; this is how it comes by its session. */
interface Case {
  readonly title: string;
  readonly expect: "reused" | "asked";
  /** Puts something hostile into the home; `file` is where the session of the profile belongs. */
  plant(file: string, home: UserHome): void | Promise<void>;
  /** The one message on stderr; none where it is left out. */
  readonly says?: RegExp;
  /** Nothing can be stored, so the next call asks again. */
  readonly unstorable?: true;
  /** What else must be true afterwards. */
  check?(file: string, home: UserHome): void;
}

const isRoot = process.getuid?.() === 0;
const opened = / was open to others: its mode is now (600|700)\.$/m;
const notStored = /could not be stored in \S+ \(E[A-Z]+\): the next command will ask again\.$/m;
const notTrusted = / can be written by others: it is not used\.$/m;

/** A file of this text. */
const text = (content: (home: UserHome) => string | Buffer) => (file: string, home: UserHome) =>
  writeFileSync(file, content(home), { mode: 0o600 });

/** A session file with these values in place of good ones. */
const values = (changes: Readonly<Record<string, unknown>>) =>
  text((home) => JSON.stringify(sessionFile(home, changes)));

/** A good session file with this mode. */
const mode = (bits: number) => (file: string, home: UserHome) => {
  writeFileSync(file, JSON.stringify(sessionFile(home)));
  chmodSync(file, bits);
};

const identity = (changes: Readonly<Record<string, unknown>>) =>
  text((home) => {
    const good = sessionFile(home);
    return JSON.stringify({ ...good, identity: { ...(good["identity"] as object), ...changes } });
  });

const cases: readonly Case[] = [
  { title: "a good one", expect: "reused", plant: values({}) },
  { title: "missing", expect: "asked", plant: () => undefined },

  // What is no session.
  { title: "empty", expect: "asked", plant: text(() => "") },
  {
    title: "truncated",
    expect: "asked",
    plant: text((home) => JSON.stringify(sessionFile(home)).slice(0, -1)),
  },
  {
    title: "binary",
    expect: "asked",
    plant: text(() => Buffer.from(Array.from({ length: 4096 }, (_, i) => (i * 131) % 256))),
  },
  { title: "10 MB of NULs", expect: "asked", plant: text(() => Buffer.alloc(10_000_000)) },
  {
    title: "a good one with 10 MB of spaces behind",
    expect: "asked",
    plant: text((home) => JSON.stringify(sessionFile(home)) + " ".repeat(10_000_000)),
  },
  { title: "null", expect: "asked", plant: text(() => "null") },
  { title: "a number", expect: "asked", plant: text(() => "1e999") },
  { title: "a string", expect: "asked", plant: text(() => '"ASIA"') },
  {
    title: "an array",
    expect: "asked",
    plant: text((home) => JSON.stringify([sessionFile(home)])),
  },
  { title: "30,000 nested arrays", expect: "asked", plant: text(() => "[".repeat(30_000)) },
  {
    title: "one level too deep",
    expect: "asked",
    plant: text((home) => JSON.stringify({ Credentials: sessionFile(home) })),
  },
  {
    title: "a byte order mark before it",
    expect: "asked",
    plant: text((home) => `\uFEFF${JSON.stringify(sessionFile(home))}`),
  },
  {
    title: "JavaScript, which must not run",
    expect: "asked",
    plant: text(() => "require('fs').rmSync(process.env.HOME + '/.aws/config')"),
  },
  {
    title: "keys of other programs",
    expect: "asked",
    plant: text((home) =>
      JSON.stringify({ AccessKeyId: "ASIA", Expiration: timeFromNow(60), ...home.user }),
    ),
  },
  {
    title: "a key twice: the last one counts",
    expect: "asked",
    plant: text((home) =>
      JSON.stringify(sessionFile(home)).replace(/\}$/, ',"expiration":"2001-01-01T00:00:00Z"}'),
    ),
  },
  {
    title: "__proto__ with good values",
    expect: "asked",
    plant: text((home) => `{"__proto__":${JSON.stringify(sessionFile(home))}}`),
  },

  // Values of the wrong kind.
  { title: "a key id that is a number", expect: "asked", plant: values({ access_key_id: 7 }) },
  {
    title: "a secret that is an array",
    expect: "asked",
    plant: values({ secret_access_key: ["planted-secret"] }),
  },
  { title: "a token that is null", expect: "asked", plant: values({ session_token: null }) },
  { title: "an empty token", expect: "asked", plant: values({ session_token: "" }) },
  {
    title: "a NUL in the token",
    expect: "asked",
    plant: values({ session_token: "planted\0token" }),
  },
  {
    title: "a newline in the secret",
    expect: "asked",
    plant: values({ secret_access_key: "planted\nAWS_PROFILE=prod" }),
  },
  {
    title: "an escape sequence in the key id",
    expect: "asked",
    plant: values({ access_key_id: "\u001b[2JASIA" }),
  },
  {
    title: "a token of 60,000",
    expect: "asked",
    plant: values({ session_token: "x".repeat(6e4) }),
  },

  // Times.
  { title: "no expiration", expect: "asked", plant: values({ expiration: undefined }) },
  { title: "not a time", expect: "asked", plant: values({ expiration: "tomorrow" }) },
  {
    title: "the 45th of May",
    expect: "asked",
    plant: values({ expiration: "2099-05-45T00:00:00Z" }),
  },
  {
    title: "a time without zone",
    expect: "asked",
    plant: values({ expiration: "2099-01-01T00:00:00" }),
  },
  { title: "an epoch", expect: "asked", plant: values({ expiration: 4_000_000_000 }) },
  {
    title: "a number too large for a number",
    expect: "asked",
    plant: text((home) =>
      JSON.stringify(sessionFile(home)).replace(/"expiration":"[^"]*"/, '"expiration":1e999'),
    ),
  },
  { title: "long ago", expect: "asked", plant: values({ expiration: "2001-01-01T00:00:00Z" }) },
  { title: "a second ago", expect: "asked", plant: values({ expiration: timeFromNow(-1) }) },
  {
    // AWS gives at most 36 hours: it would be sent for ever, and refused for ever.
    title: "the year 9999",
    expect: "reused",
    plant: values({ expiration: "9999-12-31T23:59:59Z" }),
  },
  {
    title: "issued after its end",
    expect: "reused",
    plant: values({ issued: "9999-12-31T23:59:59Z" }),
  },

  // Whose it is.
  {
    title: "another key's",
    expect: "asked",
    plant: identity({ access_key_id: "AKIAOTHER12345678901" }),
  },
  {
    title: "another device's",
    expect: "asked",
    plant: identity({ serial: "arn:aws:iam::123456789012:mfa/other" }),
  },
  { title: "another endpoint's", expect: "asked", plant: identity({ endpoint: "aws-cn" }) },
  { title: "a command's", expect: "asked", plant: identity({ credential_process: "/bin/true" }) },

  // What stands in its place.
  {
    title: "a directory",
    expect: "asked",
    plant: (file) => void mkdirSync(join(file, "within"), { recursive: true }),
    says: notStored,
    unstorable: true,
    check: (file) => expect(statSync(join(file, "within")).isDirectory()).toBe(true),
  },
  { title: "a pipe", expect: "asked", plant: (file) => void execFileSync("mkfifo", [file]) },
  { title: "a socket", expect: "asked", plant: leaveSocket },
  {
    title: "a link to /dev/zero",
    expect: "asked",
    plant: (file) => symlinkSync("/dev/zero", file),
  },
  { title: "a link to itself", expect: "asked", plant: (file) => symlinkSync("dev", file) },
  { title: "a link to nowhere", expect: "asked", plant: (file) => symlinkSync("/no/where", file) },
  {
    title: "a link to a good one outside",
    expect: "asked",
    plant(file, home) {
      home.write("outside", JSON.stringify(sessionFile(home)), 0o600);
      symlinkSync(join(home.home, "outside"), file);
    },
    // What it pointed at is none of our business.
    check: (_file, { home }) =>
      expect(readFileSync(join(home, "outside"), "utf8")).toContain("ASIAPLANTED"),
  },
  {
    title: isRoot ? "another user's" : "a link to another user's",
    expect: "asked",
    plant(file, home) {
      if (!isRoot) return symlinkSync("/etc/passwd", file);
      mode(0o600)(file, home);
      chownSync(file, 65_534, 65_534);
    },
    check: (file) => expect(lstatSync(file).uid).toBe(process.getuid?.()),
  },

  // Permissions.
  { title: "read-only", expect: "reused", plant: mode(0o400) },
  { title: "readable by the group", expect: "reused", plant: mode(0o640), says: opened },
  { title: "readable by all", expect: "reused", plant: mode(0o644), says: opened },
  { title: "executable by all", expect: "reused", plant: mode(0o711), says: opened },
  { title: "writable by the group", expect: "asked", plant: mode(0o620), says: notTrusted },
  { title: "writable by all", expect: "asked", plant: mode(0o666), says: notTrusted },
  // Root reads everything.
  { title: "mode 0000", expect: isRoot ? "reused" : "asked", plant: mode(0) },

  // The folder.
  {
    title: "a folder open to all",
    expect: "reused",
    plant(file, home) {
      mode(0o600)(file, home);
      chmodSync(home.store, 0o777);
    },
    says: opened,
  },
  {
    title: "a folder full of other things",
    expect: "asked",
    plant(_file, { store }) {
      mkdirSync(join(store, "folder"));
      symlinkSync("/dev/zero", join(store, "zero"));
      symlinkSync("loop", join(store, "loop"));
      execFileSync("mkfifo", [join(store, "pipe")]);
      writeFileSync(join(store, "%%tmp-1-x"), "half a sess", { mode: 0o600 });
      writeFileSync(join(store, "prod"), "[", { mode: 0o600 });
    },
  },
  {
    title: "a file in place of the folder",
    expect: "asked",
    plant(_file, { store }) {
      rmSync(store, { recursive: true });
      writeFileSync(store, "");
    },
    says: notStored,
    unstorable: true,
  },
  {
    title: "a link to a folder in place of the folder",
    expect: "reused",
    plant(file, home) {
      rmSync(home.store, { recursive: true });
      mkdirSync(join(home.home, "elsewhere"), { mode: 0o700 });
      symlinkSync(join(home.home, "elsewhere"), home.store);
      mode(0o600)(file, home);
    },
    check: (_file, { home }) => expect(statSync(join(home, "elsewhere/dev")).isFile()).toBe(true),
  },
  {
    title: "a link to nowhere in place of the folder",
    expect: "asked",
    plant(_file, { store }) {
      rmSync(store, { recursive: true });
      symlinkSync("/no/where", store);
    },
    says: notStored,
    unstorable: true,
  },
  {
    title: "a link to itself in place of the folder",
    expect: "asked",
    plant(_file, { store }) {
      rmSync(store, { recursive: true });
      symlinkSync(store, store);
    },
    says: notStored,
    unstorable: true,
  },
];

/** A socket file whose server is gone. */
async function leaveSocket(file: string): Promise<void> {
  // A path of more than 107 characters is none for a socket; a short one beside it can be moved.
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(file, resolve));
  execFileSync("ln", [file, `${file}.kept`]);
  await new Promise((resolve) => server.close(resolve));
  execFileSync("mv", [`${file}.kept`, file]);
}

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ users: usersNamed(cases.map((_, index) => `user-${index}`)) });
});
afterAll(() => sandbox.close());

describe.concurrent("a session file or folder that is", () => {
  test.each(cases.map((each, index) => [each.title, each, index] as const))(
    "%s",
    { timeout: 20_000 },
    async (_title, hostile, index) => {
      using home = userHome(sandbox, `user-${index}`);
      mkdirSync(home.store, { mode: 0o700 });
      const file = join(home.store, "dev");
      await hostile.plant(file, home);

      const first = await home.sessionWithCode();
      expect(first.code, first.stderr).toBe(0);
      expect(first.stdout).toMatch(/^key=ASIA\w+\n$/);
      expect(first.stdout.includes("ASIAPLANTED")).toBe(hostile.expect === "reused");
      expect(home.stsCalls()).toBe(hostile.expect === "reused" ? 0 : 1);
      expect(first.stderr).toMatch(hostile.says ?? /^$/);
      expect(first.stderr.split("\n")).toHaveLength(hostile.says === undefined ? 1 : 2);
      hostile.check?.(file, home);
      if (hostile.unstorable) {
        expect(await home.session()).toMatchObject({ code: 253, stdout: "" });
        return;
      }
      // Now it is in order: nothing to ask, nothing to say.
      expect(await home.session()).toMatchObject({ code: 0, stdout: first.stdout, stderr: "" });
      expect(home.stsCalls()).toBe(hostile.expect === "reused" ? 0 : 1);
      expect(lstatSync(file).mode & ~0o600).toBe(lstatSync(file).mode & 0o170000);
      expect(lstatSync(file).isFile()).toBe(true);
      expect(statSync(home.store).mode & 0o777).toBe(0o700);
    },
  );
});
