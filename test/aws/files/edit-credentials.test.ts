import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  chownSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { editCredentials } from "../../../src/aws/files/credentials.ts";
import type { Edits } from "../../../src/core/aws-files/edit-sections.ts";
import type { Context } from "../../../src/core/context.ts";
import { python } from "../../support/commands.ts";
import { run } from "../../support/run.ts";
import { isRoot, ordinaryUser, roomForEach, type EditRoom, type Wanted } from "./edit-room.ts";

const before = "[a]\nx = 1\n\n[b]\ny = 2\n";
const after = "[a]\nx = new\n\n[b]\ny = 2\n";
const wanted: Wanted = { sections: { a: { x: "new" } } };

let room: EditRoom;
roomForEach((made) => {
  room = made;
});

const text = (path = room.path): string => readFileSync(path, "utf8");
const mode = (path: string): number => statSync(path).mode & 0o7777;

describe("mode and owner", () => {
  const forRoot = [0o400, 0o000, 0o060];
  test.each([0o600, 0o640, 0o644, 0o660, 0o1600, ...(isRoot ? forRoot : [])])(
    "of mode %o stay",
    async (bits) => {
      room.write(".aws/credentials", before, bits);
      const asOrdinaryUser = (bits & 0o600) === 0o600;
      expect(await room.edit(wanted, { asOrdinaryUser })).toMatchObject({ done: true, stderr: "" });
      expect([text(), mode(room.path)]).toEqual([after, bits]);
      expect(room.names()).toEqual(["credentials"]);
    },
  );

  test.runIf(isRoot).each([
    [1234, 4321],
    [ordinaryUser, 0],
    [0, ordinaryUser],
  ])("%i:%i stay when root writes, and its lock file is the folder's owner's", async (uid, gid) => {
    room.write(".aws/credentials", before, 0o640);
    chownSync(room.path, uid, gid);
    expect(await room.edit(wanted)).toMatchObject({ done: true });
    expect(statSync(room.path)).toMatchObject({ uid, gid });
    expect([text(), mode(room.path)]).toEqual([after, 0o640]);
    const lock = join(dirname(room.path), ".credentials.lock");
    expect(statSync(lock).uid).toBe(ordinaryUser);
    expect(mode(lock)).toBe(0o600);
  });

  test.runIf(isRoot)("that may not be kept are an error", async () => {
    room.write(".aws/credentials", before, 0o666);
    chownSync(room.path, 1234, 4321);
    expect(await room.edit(wanted, { asOrdinaryUser: true })).toMatchObject({
      code: "UnwritableFile",
      exitCode: 253,
      message: `${room.path} cannot be written (EPERM): nothing was changed.`,
    });
    expect([text(), room.names()]).toEqual([before, ["credentials"]]);
  });

  test.each(["022", "000", "077", "0777"])("of a new file under umask %s", async (umask) => {
    const within = `umask ${umask}; exec "$@"`;
    for (const value of ["new", "newer"]) {
      const outcome = await room.edit(
        { sections: { a: { x: value } } },
        { within, asOrdinaryUser: true },
      );
      expect(outcome).toMatchObject({ done: true, stderr: "" });
    }
    expect(text()).toBe("[a]\nx = newer\n");
    expect(mode(room.path)).toBe(0o600);
    expect(mode(dirname(room.path))).toBe(0o700);
    expect(mode(join(dirname(room.path), ".credentials.lock"))).toBe(0o600);
  });

  test("of folders that are there stay, and those that are not are the owner's alone", async () => {
    chmodSync(room.home, 0o755);
    const path = join(room.home, "deep/er/file");
    await room.edit(wanted, { env: { AWS_SHARED_CREDENTIALS_FILE: path } });
    expect(text(path)).toBe("[a]\nx = new\n");
    expect(["", "deep", "deep/er"].map((name) => mode(join(room.home, name)))).toEqual([
      0o755, 0o700, 0o700,
    ]);
  });
});

describe("which file is written", () => {
  test.each([
    ["~/elsewhere", "elsewhere"],
    ["$HOME/elsewhere", "elsewhere"],
    ["elsewhere", "elsewhere"],
    ["./deep/elsewhere", "deep/elsewhere"],
    ["deep/../elsewhere", "elsewhere"],
  ])("the variable says %s", async (value, name) => {
    room.write("deep/x", "");
    room.write(name, before);
    const env = { AWS_SHARED_CREDENTIALS_FILE: value };
    expect(await room.edit(wanted, { env })).toMatchObject({ done: true });
    expect(text(join(room.home, name))).toBe(after);
    expect(existsSync(room.path)).toBe(false);
  });
});

describe("through links", () => {
  test.each<[what: string, link: () => void, target: string]>([
    ["absolute", () => symlinkSync(join(room.home, "far/real"), room.path), "far/real"],
    ["relative", () => symlinkSync("../far/real", room.path), "far/real"],
    ["in the same folder", () => symlinkSync("real", room.path), ".aws/real"],
    [
      "one behind the other",
      () => {
        symlinkSync("../far/link", room.path);
        symlinkSync("deep/../../far/deep/real", join(room.home, "far/link"));
      },
      "far/deep/real",
    ],
  ])("%s", async (_what, link, target) => {
    const real = room.write(target, before, 0o640);
    room.write("far/deep/x", "");
    mkdirSync(dirname(room.path), { recursive: true });
    link();
    const leadsTo = readlinkSync(room.path);
    expect(await room.edit(wanted)).toMatchObject({ done: true, stderr: "" });
    expect(readlinkSync(room.path)).toBe(leadsTo);
    expect(lstatSync(real).isFile()).toBe(true);
    expect([text(real), mode(real)]).toEqual([after, 0o640]);
    expect(existsSync(join(room.home, ".aws/.credentials.lock"))).toBe(true);
    expect(existsSync(join(room.home, "far/.credentials.lock"))).toBe(false);
    expect(room.names("far").filter((name) => name.includes("awsmfa"))).toEqual([]);
  });

  // Where the temporary file cannot be made: it is made beside the file itself.
  test("a link in a folder of its own, the file in one that cannot be written to", async () => {
    const real = room.write("far/real", before);
    mkdirSync(dirname(room.path));
    symlinkSync(real, room.path);
    if (isRoot) chownSync(dirname(room.path), ordinaryUser, ordinaryUser);
    chmodSync(dirname(real), 0o500);
    expect(await room.edit(wanted, { asOrdinaryUser: true })).toMatchObject({
      message: `${room.path} cannot be written (EACCES): nothing was changed.`,
      exitCode: 253,
    });
    chmodSync(dirname(real), 0o700);
    expect([text(), room.names("far"), room.names()]).toEqual([before, ["real"], ["credentials"]]);
  });

  test("a hard link is told of, and keeps the old content", async () => {
    room.write(".aws/credentials", before);
    linkSync(room.path, join(room.home, "other"));
    const { stderr } = await room.edit(wanted);
    expect(stderr).toBe(
      `awsmfa: ${room.path} has another name (a hard link): that one keeps the old content.\n`,
    );
    expect([text(), text(join(room.home, "other"))]).toEqual([after, before]);
  });
});

describe("what is there already", () => {
  test("is not written again", async () => {
    room.write(".aws/credentials", after, 0o644);
    linkSync(room.path, join(room.home, "other"));
    utimesSync(room.path, 1, 1);
    const { ino, mtimeMs } = statSync(room.path);
    expect(await room.edit({ ...wanted, backup: true })).toEqual({ done: true, stderr: "" });
    expect(statSync(room.path)).toMatchObject({ ino, mtimeMs });
    expect(room.names()).toEqual(["credentials"]);
  });

  test("is not made for nothing", async () => {
    expect(await room.edit({ sections: { a: { x: null } } })).toEqual({ done: true, stderr: "" });
    expect(existsSync(room.path)).toBe(false);
  });

  test("several sections change at once", async () => {
    room.write(".aws/credentials", before);
    const sections = { b: { y: null, z: "3" }, c: { x: "4" }, a: { x: "5" } };
    expect(await room.edit({ sections })).toMatchObject({ done: true });
    expect(text()).toBe("[a]\nx = 5\n\n[b]\nz = 3\n\n[c]\nx = 4\n");
  });
});

const keys = (id: string, more = ""): string =>
  `[a]\naws_access_key_id = ${id}\naws_secret_access_key = secret-of-${id}\n${more}`;
const newKeys = {
  aws_access_key_id: "ASIANEW",
  aws_secret_access_key: "new",
  aws_session_token: "t",
};

describe("keys that nobody could get back", () => {
  test.each<[what: string, text: string, changes: Record<string, string | null>, lost: boolean]>([
    ["long-term keys", keys("AKIAIOSFODNN7EXAMPLE"), newKeys, true],
    ["of any form", keys("my-key-of-minio"), newKeys, true],
    ["in odd spelling", keys("AKIAOLD").toUpperCase().replace("[A]", "[a]"), newKeys, true],
    ["with an empty token", keys("AKIAOLD", "aws_session_token =\n"), newKeys, true],
    ["the id alone", keys("AKIAOLD"), { aws_access_key_id: "AKIANEW" }, true],
    ["the secret alone", keys("AKIAOLD"), { aws_secret_access_key: "new" }, true],
    ["taken out", keys("AKIAOLD"), { aws_secret_access_key: null }, true],
    ["a secret without id", "[a]\naws_secret_access_key = s\n", newKeys, true],
    ["an id without secret", "[a]\naws_access_key_id = AKIAOLD\n", newKeys, true],
    ["a token beside them", keys("AKIAOLD"), { aws_session_token: "t" }, false],
    ["a serial beside them", keys("AKIAOLD"), { mfa_serial: "arn" }, false],
    ["the same keys", keys("AKIAOLD"), { aws_access_key_id: "AKIAOLD", mfa_serial: "arn" }, false],
    ["temporary keys", keys("ASIAOLD"), newKeys, false],
    ["of no known kind", keys("OTHEROLD"), newKeys, true],
    ["of no known kind, with a token", keys("OTHEROLD", "aws_session_token = t\n"), newKeys, false],
    ["the same, of old", keys("OTHEROLD", "aws_security_token = t\n"), newKeys, false],
    ["beside the token of others", keys("AKIAOLD", "aws_session_token = t\n"), newKeys, true],
    ["of another section", keys("AKIAOLD").replace("[a]", "[b]"), newKeys, false],
    ["none", "[a]\nregion = x\n", newKeys, false],
    ["empty ones", "[a]\naws_access_key_id =\naws_secret_access_key =\n", newKeys, false],
  ])("%s", async (_what, old, changes, lost) => {
    room.write(".aws/credentials", old, 0o644);
    const outcome = await room.edit({ sections: { a: changes } });
    expect([outcome.done, outcome.code]).toEqual(
      lost ? [undefined, "LongTermKeys"] : [true, undefined],
    );
    expect(text() === old).toBe(lost);
    expect(room.names()).toEqual(["credentials"]);
  });

  test("the error tells which, and what to do, and no secret", async () => {
    room.write(".aws/credentials", keys("AKIAIOSFODNN7EXAMPLE"));
    expect(await room.edit({ sections: { a: newKeys } })).toEqual({
      code: "LongTermKeys",
      exitCode: 253,
      message: `[a] of ${room.path} holds long-term keys (…MPLE), which would be overwritten.`,
      hint: "Rename that section, or name another target. awsmfa refresh takes --overwrite-long-term (a backup is kept).",
      stderr: "",
    });
  });

  test("the error tells of a secret alone, too", async () => {
    room.write(".aws/credentials", "[a]\naws_secret_access_key = only here\n");
    expect((await room.edit({ sections: { a: newKeys } })).message).toBe(
      `[a] of ${room.path} holds long-term keys (without an id), which would be overwritten.`,
    );
  });

  test("one section of several keeps all from being written", async () => {
    room.write(".aws/credentials", `${keys("AKIAOLD")}[b]\n`);
    const old = text();
    expect(await room.edit({ sections: { b: newKeys, a: newKeys } })).toMatchObject({
      code: "LongTermKeys",
    });
    expect(text()).toBe(old);
  });
});

describe("a backup", () => {
  const backup = (number = ""): string => `${room.path}.awsmfa-backup${number}`;

  test.runIf(isRoot)("is the owner's alone", async () => {
    room.write(".aws/credentials", keys("AKIAOLD"), 0o644);
    const outcome = await room.edit({ sections: { a: newKeys }, overwriteLongTerm: true });
    expect(outcome).toEqual({ done: true, backup: backup(), stderr: "" });
    expect([text(backup()), mode(backup())]).toEqual([keys("AKIAOLD"), 0o600]);
    expect(statSync(backup())).toMatchObject({ uid: ordinaryUser, gid: ordinaryUser });
    expect([text().includes("AKIAOLD"), mode(room.path)]).toEqual([false, 0o644]);
  });

  test("does not take the place of an earlier one", async () => {
    for (const id of ["AKIA1", "AKIA2", "AKIA2", "AKIA3"]) {
      room.write(".aws/credentials", keys(id));
      await room.edit({ sections: { a: newKeys }, overwriteLongTerm: true });
    }
    expect(room.names()).toEqual([
      "credentials",
      "credentials.awsmfa-backup",
      "credentials.awsmfa-backup-2",
      "credentials.awsmfa-backup-3",
    ]);
    expect(["", "-2", "-3"].map((number) => text(backup(number)))).toEqual(
      ["AKIA1", "AKIA2", "AKIA3"].map((id) => keys(id)),
    );
  });

  test.each<[what: string, old: string, wanted: Wanted, kept: boolean]>([
    ["is kept when asked for", before, { ...wanted, backup: true }, true],
    ["is kept of an empty file when asked for", "", { ...wanted, backup: true }, true],
    ["is not kept when not", before, wanted, false],
    [
      "is not kept of what is not lost",
      keys("ASIAOLD"),
      { sections: { a: newKeys }, overwriteLongTerm: true },
      false,
    ],
  ])("%s", async (_what, old, edit, kept) => {
    room.write(".aws/credentials", old);
    expect((await room.edit(edit)).backup).toBe(kept ? backup() : undefined);
    expect(existsSync(backup())).toBe(kept);
  });

  test("of a file that is not there is none", async () => {
    expect(await room.edit({ ...wanted, backup: true })).toEqual({ done: true, stderr: "" });
    expect(room.names()).toEqual(["credentials"]);
  });

  test("that cannot be made keeps all from being written", async () => {
    room.write(".aws/credentials", keys("AKIAOLD"));
    mkdirSync(backup());
    expect(await room.edit({ sections: { a: newKeys }, overwriteLongTerm: true })).toMatchObject({
      message: `${backup()} cannot be written (EISDIR): nothing was changed.`,
      exitCode: 253,
    });
    expect(text()).toBe(keys("AKIAOLD"));
  });

  // Its name begins as the temporary files of a file `x` do.
  test("of a file `.x` outlives an edit of `x`", async () => {
    room.write(".x", keys("AKIAOLD"));
    const env = { AWS_SHARED_CREDENTIALS_FILE: join(room.home, ".x") };
    await room.edit({ sections: { a: newKeys }, overwriteLongTerm: true }, { env });
    await room.edit(wanted, { env: { AWS_SHARED_CREDENTIALS_FILE: join(room.home, "x") } });
    expect(text(join(room.home, ".x.awsmfa-backup"))).toBe(keys("AKIAOLD"));
  });
});

describe("what a killed process left", () => {
  const dead = "4194304999-1-abc";
  const own = `${process.ppid}--x1`;
  test.each<[what: string, name: string, goes: boolean]>([
    ["goes", dead, true],
    ["goes where its start is unknown", "4194304999--abc", true],
    [
      "goes where the id is another process's now",
      `${process.pid}-1-abc`,
      process.platform === "linux",
    ],
    ["stays where the process lives", own, false],
    ["stays where it is none of ours", "notes", false],
    ["stays where it only begins like ours", `${dead}.old`, false],
  ])("%s", async (_what, name, goes) => {
    room.write(".aws/credentials", before);
    room.write(`.aws/.credentials.awsmfa-${name}`, "left");
    room.write(`.aws/.other.awsmfa-${dead}`, "left");
    expect(await room.edit(wanted)).toMatchObject({ done: true });
    expect(existsSync(join(dirname(room.path), `.credentials.awsmfa-${name}`))).toBe(!goes);
    expect(existsSync(join(dirname(room.path), `.other.awsmfa-${dead}`))).toBe(true);
  });

  test("goes where it was killed in the last moment, and the file is as it was", async () => {
    room.write(".aws/credentials", before);
    const { signal } = await run(process.execPath, [room.worker.file, "die"], { env: room.env });
    expect([signal, text()]).toEqual(["SIGKILL", before]);
    expect(room.names()).toEqual([expect.stringMatching(/^\.credentials\.awsmfa-/), "credentials"]);
    expect(await room.edit(wanted)).toMatchObject({ done: true });
    expect(room.names()).toEqual(["credentials"]);
  });

  test("stays where it cannot be removed, in nobody's way", async () => {
    room.write(".aws/credentials", before);
    mkdirSync(join(dirname(room.path), `.credentials.awsmfa-${dead}`));
    expect(await room.edit(wanted)).toMatchObject({ done: true });
    expect(text()).toBe(after);
  });
});

describe("the lock", () => {
  const lockPath = (): string => join(dirname(room.path), ".credentials.lock");

  /** Takes the lock, waits for a line, adds a section, and lets go. */
  const holder = `
import fcntl, sys
file = open(sys.argv[1], "a+")
fcntl.lockf(file, fcntl.LOCK_EX)
print("held", flush=True)
sys.stdin.readline()
with open(sys.argv[2], "a") as credentials:
    credentials.write("\\n[theirs]\\nx = 1\\n")
`;

  async function holdByPython(lock = lockPath(), path = room.path) {
    const child = spawn(python, ["-c", holder, lock, path]);
    await once(child.stdout, "data");
    return child;
  }

  /** An edit that has to wait: the lock is let go of as soon as that is said. */
  async function editAfter(child: ChildProcessWithoutNullStreams, path: string) {
    let meanwhile = "";
    const onStderr = (): void => {
      meanwhile = text(path);
      child.stdin.end("\n");
    };
    const outcome = await room.edit(wanted, { onStderr });
    expect(meanwhile).toBe(before);
    expect(text(path)).toBe(`${after}\n[theirs]\nx = 1\n`);
    return outcome;
  }

  test("is waited for, that is said, and the file is read under it", async () => {
    room.write(".aws/credentials", before);
    room.write(".aws/.credentials.lock", '{"pid":4194304999,"started":1}');
    const child = await holdByPython();
    expect(await editAfter(child, room.path)).toEqual({
      done: true,
      stderr: `awsmfa: waiting for another program, which holds ${lockPath()}.\n`,
    });
  });

  test("is not waited for longer than was asked for", async () => {
    room.write(".aws/credentials", before);
    const child = await holdByPython();
    const started = performance.now();
    const outcome = await room.edit(wanted, { env: { AWS_MFA_LOCK_TIMEOUT: "1" } });
    expect(performance.now() - started).toBeGreaterThan(1000);
    expect(outcome).toMatchObject({
      code: "FileLocked",
      exitCode: 253,
      message: `another program still holds ${lockPath()}: nothing was written.`,
      hint: expect.stringContaining("AWS_MFA_LOCK_TIMEOUT"),
    });
    expect(await room.edit(wanted, { env: { AWS_MFA_LOCK_TIMEOUT: "0" } })).toMatchObject({
      code: "FileLocked",
      stderr: "",
    });
    child.kill("SIGKILL");
    expect([text(), room.names()]).toEqual([before, ["credentials"]]);
  });

  test("of the file itself is waited for as well: it may have another name, and another lock", async () => {
    const real = room.write("far/real", before);
    mkdirSync(dirname(room.path));
    symlinkSync(real, room.path);
    const child = await holdByPython(real, real);
    expect(await room.edit(wanted, { env: { AWS_MFA_LOCK_TIMEOUT: "0" } })).toMatchObject({
      message: `another program still holds ${real}: nothing was written.`,
    });
    expect(await editAfter(child, real)).toEqual({
      done: true,
      stderr: `awsmfa: waiting for another program, which holds ${real}.\n`,
    });
  });

  test("holds our name meanwhile, and nothing behind", async () => {
    room.write(".aws/credentials", before);
    let held = "";
    await editHere({ check: () => (held = text(lockPath())) });
    expect(JSON.parse(held)).toMatchObject({ pid: process.pid });
    expect(text(lockPath())).toBe("");
  });

  test("is let go of after a failure, too", async () => {
    room.write(".aws/credentials", before);
    const check = (): void => {
      throw new Error("no");
    };
    await expect(editHere({ check })).rejects.toThrow("no");
    expect(await room.edit(wanted, { env: { AWS_MFA_LOCK_TIMEOUT: "0" } })).toMatchObject({
      done: true,
    });
  });

  test("leaves what others wrote into its file", async () => {
    room.write(".aws/credentials", before);
    room.write(".aws/config", "[profile a]\n");
    symlinkSync("config", lockPath());
    expect(await room.edit(wanted)).toMatchObject({ done: true });
    expect([text(), text(join(room.home, ".aws/config"))]).toEqual([after, "[profile a]\n"]);
  });

  test.each<[what: string, make: () => string]>([
    ["the credentials file by its name", () => room.write(".aws/.credentials.lock", before)],
    [
      "a link to it",
      () => {
        symlinkSync("credentials", lockPath());
        return room.write(".aws/credentials", before);
      },
    ],
    [
      "another name of it",
      () => {
        linkSync(room.write(".aws/credentials", before), lockPath());
        return room.path;
      },
    ],
  ])("is refused where its file is %s", async (_what, make) => {
    mkdirSync(dirname(room.path));
    const path = make();
    expect(await room.edit(wanted, { env: { AWS_SHARED_CREDENTIALS_FILE: path } })).toMatchObject({
      code: "UnusableFile",
      message: `${path} is the same file as its lock, ${lockPath()}: nothing was written.`,
    });
    expect(text(path)).toBe(before);
  });

  test.runIf(isRoot)("of somebody else is named", async () => {
    room.write(".aws/credentials", before);
    room.write(".aws/.credentials.lock", "");
    chownSync(lockPath(), 0, 0);
    expect(await room.edit(wanted, { asOrdinaryUser: true })).toMatchObject({
      message: `${lockPath()} cannot be written (EACCES): nothing was changed.`,
      exitCode: 253,
    });
  });
});

describe("a program that takes no lock", () => {
  test.each<[what: string, act: (path: string) => void, kept: string]>([
    ["writes in place", (path) => writeFileSync(path, `${before}[c]\n`), `${after}[c]\n`],
    [
      "puts another file there",
      (path) => {
        writeFileSync(`${path}-new`, `${before}[c]\n`, { mode: 0o640 });
        renameSync(`${path}-new`, path);
      },
      `${after}[c]\n`,
    ],
    ["takes the file away", (path) => rmSync(path), "[a]\nx = new\n"],
    [
      "empties it and writes",
      (path) => {
        writeFileSync(path, "");
        setTimeout(() => writeFileSync(path, `${before}[c]\n`), 20);
      },
      `${after}[c]\n`,
    ],
    ["puts keys there", (path) => writeFileSync(path, "[a]\nx = 2\n"), "[a]\nx = new\n"],
  ])("%s: its work is not lost", async (_what, act, kept) => {
    room.write(".aws/credentials", before);
    let times = 0;
    await editHere({
      check: () => {
        if (times++ === 0) act(room.path);
      },
    });
    expect(text()).toBe(kept);
    expect(times).toBe(2);
    expect(room.names()).toEqual(["credentials"]);
  });

  test("has just emptied the file: it is waited for", async () => {
    room.write(".aws/credentials", "");
    setTimeout(() => writeFileSync(room.path, before), 20);
    await editHere({});
    expect(text()).toBe(after);
  });

  test("leads the link elsewhere: that file is written", async () => {
    const [one, other] = [room.write("one", before), room.write("other", before)];
    mkdirSync(dirname(room.path));
    symlinkSync(one, room.path);
    let times = 0;
    await editHere({
      check: () => {
        if (times++ > 0) return;
        rmSync(room.path);
        symlinkSync(other, room.path);
      },
    });
    expect([text(one), text(other)]).toEqual([before, after]);
  });

  test("changes the mode: that one is kept", async () => {
    room.write(".aws/credentials", before, 0o644);
    await editHere({ check: () => chmodSync(room.path, 0o600) });
    expect([text(), mode(room.path)]).toEqual([after, 0o600]);
  });

  test("makes the file meanwhile: it is not overwritten", async () => {
    room.write(".aws/x", "");
    let times = 0;
    await editHere({
      check: () => {
        if (times++ === 0) writeFileSync(room.path, before);
      },
    });
    expect(text()).toBe(after);
  });

  test("puts long-term keys there: they are not overwritten", async () => {
    room.write(".aws/credentials", keys("ASIAOLD"));
    const sections = new Map([["a", new Map(Object.entries(newKeys))]]);
    const check = (): void => writeFileSync(room.path, keys("AKIAOWN"));
    await expect(editHere({ check, sections })).rejects.toMatchObject({ code: "LongTermKeys" });
    expect(text()).toBe(keys("AKIAOWN"));
  });

  test("writes all the time: that is an error", async () => {
    room.write(".aws/credentials", before);
    let times = 0;
    const check = (): void => writeFileSync(room.path, `${before}# ${times++}\n`);
    await expect(editHere({ check })).rejects.toMatchObject({
      message: `${room.path} changes all the time: nothing was written.`,
      exitCode: 255,
    });
    expect([text(), room.names()]).toEqual([`${before}# ${times - 1}\n`, ["credentials"]]);
  });
});

/** An edit in this process, under whose lock something happens. */
function editHere({
  check = () => undefined,
  sections = new Map([["a", new Map([["x", "new"]])]]),
}: {
  check?: () => void;
  sections?: Edits;
}): Promise<string | undefined> {
  const report = { say: () => undefined, sayOnce: () => undefined, debug: () => undefined };
  const context: Context = { env: { HOME: room.home }, now: () => new Date(), report };
  const edits = (): Edits => {
    check();
    return sections;
  };
  return editCredentials(context, { edits, overwriteLongTerm: false, backup: false });
}
