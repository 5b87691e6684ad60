import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Report } from "../../src/core/context.ts";
import { temporaryPrefix } from "../../src/core/session/session-file-name.ts";
import { errorCode } from "../../src/system/error-code.ts";
import { makePrivateFolder } from "../../src/system/make-folder.ts";
import { readPrivateFile, tightenFolder } from "../../src/system/read-private-file.ts";
import { writePrivateFile } from "../../src/system/write-private-file.ts";
import { bundle, type Program } from "../fixtures/bundle.ts";

let folder: string;
let said: string[];
const report: Report = {
  say: (text) => said.push(text),
  sayOnce: (text) => said.push(text),
  debug: () => undefined,
};
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "awsmfa-file-"));
  said = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const mode = (path: string): number => lstatSync(path).mode & 0o7777;

describe("writing a private file", () => {
  test("makes its folder, and both are the owner's alone", () => {
    const store = join(folder, "a/b/c");
    writePrivateFile(store, "file", "text");
    expect(readFileSync(join(store, "file"), "utf8")).toBe("text");
    expect(mode(join(store, "file"))).toBe(0o600);
    for (const path of ["a", "a/b", "a/b/c"]) expect(mode(join(folder, path))).toBe(0o700);
    expect(readdirSync(store)).toEqual(["file"]);
  });

  test.each<[title: string, plant: (path: string) => void]>([
    ["a file open to all", (path) => writeFileSync(path, "old", { mode: 0o666 })],
    ["a read-only file", (path) => writeFileSync(path, "old", { mode: 0o400 })],
    ["a link to a file", (path) => symlinkSync(join(folder, "target"), path)],
    ["a link to nowhere", (path) => symlinkSync("/no/where", path)],
  ])("takes the place of %s", (_title, plant) => {
    writeFileSync(join(folder, "target"), "target");
    const store = join(folder, "store");
    mkdirSync(store);
    plant(join(store, "file"));
    writePrivateFile(store, "file", "new");
    expect(lstatSync(join(store, "file")).isFile()).toBe(true);
    expect(mode(join(store, "file"))).toBe(0o600);
    expect(readFileSync(join(store, "file"), "utf8")).toBe("new");
    expect(readFileSync(join(folder, "target"), "utf8")).toBe("target");
  });

  test.each<[title: string, code: string, plant: (store: string) => void]>([
    [
      "a directory in its place",
      "EISDIR",
      (store) => mkdirSync(join(store, "file/within"), { recursive: true }),
    ],
    ["a name too long for any file system", "ENAMETOOLONG", () => undefined],
  ])("with %s leaves no temporary file behind", (_title, code, plant) => {
    const store = join(folder, "store");
    mkdirSync(store);
    plant(store);
    const before = readdirSync(store);
    const name = code === "ENAMETOOLONG" ? "x".repeat(256) : "file";
    expect(codeOf(() => writePrivateFile(store, name, "text"))).toBe(code);
    expect(readdirSync(store)).toEqual(before);
  });

  test.each<[title: string, store: () => string, code: string]>([
    ["a file in place of its folder", () => join(folder, "file"), "EEXIST"],
    ["a file above its folder", () => join(folder, "file/store"), "ENOTDIR"],
    ["a folder that the system owns", () => "/proc/store/below", "ENOENT"],
    ["a link to nowhere", () => join(folder, "link"), "EEXIST"],
    ["a link to itself", () => join(folder, "loop"), "EEXIST"],
  ])("with %s throws what the system says", (_title, store, code) => {
    writeFileSync(join(folder, "file"), "");
    symlinkSync("/no/where", join(folder, "link"));
    symlinkSync("loop", join(folder, "loop"));
    expect(codeOf(() => writePrivateFile(store(), "file", "text"))).toBe(code);
  });

  test("sweeps temporary files that are older than ten minutes, and nothing else", () => {
    const ages = {
      "old-session": 3600,
      [`${temporaryPrefix}1-a`]: 601,
      [`${temporaryPrefix}2-b`]: 590,
    };
    for (const [name, seconds] of Object.entries(ages)) {
      const time = new Date(Date.now() - seconds * 1000);
      writeFileSync(join(folder, name), "");
      utimesSync(join(folder, name), time, time);
    }
    mkdirSync(join(folder, `${temporaryPrefix}3-c`));
    utimesSync(join(folder, `${temporaryPrefix}3-c`), 0, 0);
    writePrivateFile(folder, "file", "text");
    expect(readdirSync(folder).toSorted()).toEqual(
      [`${temporaryPrefix}2-b`, `${temporaryPrefix}3-c`, "file", "old-session"].toSorted(),
    );
  });

  test("writes where it may not list", () => {
    chmodSync(folder, 0o300);
    writePrivateFile(folder, "file", "text");
    chmodSync(folder, 0o700);
    expect(readdirSync(folder)).toEqual(["file"]);
  });
});

describe("killed while it writes", () => {
  const kills = 120;
  const length = 60_000;
  let worker: Program;
  beforeAll(async () => {
    worker = await bundle("write-worker");
  });
  afterAll(() => worker.remove());

  test(`${kills} times, the file is the old one or the new one, whole`, async () => {
    const path = join(folder, "file");
    const seen = new Set<string>();
    const round = async (): Promise<void> => {
      const args = [worker.file, folder, "file", String(length)];
      const child = spawn(process.execPath, args, { env: worker.env });
      await once(child.stdout, "data");
      await sleep(Math.random() * 6);
      child.kill("SIGKILL");
      await once(child, "exit");
      const text = readFileSync(path, "utf8");
      expect(text).toHaveLength(length);
      expect(text).toBe(text.charAt(0).repeat(length));
      seen.add(text.charAt(0));
    };
    for (let done = 0; done < kills; done += 4) await Promise.all([1, 2, 3, 4].map(round));
    expect([...seen].toSorted()).toEqual(["a", "b"]);

    // What the killed ones left goes with the first write after ten minutes.
    for (const name of readdirSync(folder)) utimesSync(join(folder, name), 0, 0);
    writePrivateFile(folder, "file", "text");
    expect(readdirSync(folder)).toEqual(["file"]);
  });
});

describe("reading a private file", () => {
  test.each<[mode: number, text: string | undefined, after: number, says: RegExp | undefined]>([
    [0o600, "text", 0o600, undefined],
    [0o400, "text", 0o400, undefined],
    [0o640, "text", 0o600, /\/file was open to others: its mode is now 600\.$/],
    [0o604, "text", 0o600, /\/file was open to others: its mode is now 600\.$/],
    [0o660, undefined, 0o660, /\/file can be written by others: it is not used\.$/],
    [0o602, undefined, 0o602, /\/file can be written by others: it is not used\.$/],
  ])("of mode %o", (bits, text, after, says) => {
    const path = join(folder, "file");
    writeFileSync(path, "text");
    chmodSync(path, bits);
    expect(readPrivateFile(path, report)?.text).toBe(text);
    expect(mode(path)).toBe(after);
    expect(said).toEqual(says === undefined ? [] : [expect.stringMatching(says)]);
  });

  test("tells when it was written", () => {
    const path = join(folder, "file");
    const time = new Date("2026-01-02T03:04:05Z");
    writeFileSync(path, "", { mode: 0o600 });
    utimesSync(path, time, time);
    expect(readPrivateFile(path, report)).toEqual({ text: "", modified: time });
  });

  test.each([
    [65_536, true],
    [65_537, false],
  ])("of %i bytes: %s", (bytes, isRead) => {
    writeFileSync(join(folder, "file"), Buffer.alloc(bytes, "x"), { mode: 0o600 });
    expect(readPrivateFile(join(folder, "file"), report) !== undefined).toBe(isRead);
  });
});

describe("a folder that is open to others", () => {
  test.each([
    [0o755, 0o700, 1],
    [0o777, 0o700, 1],
    [0o1777, 0o700, 1],
    [0o700, 0o700, 0],
    [0o500, 0o500, 0],
  ])("of mode %o", (bits, after, messages) => {
    chmodSync(folder, bits);
    tightenFolder(folder, report);
    expect(mode(folder)).toBe(after);
    expect(said).toHaveLength(messages);
  });

  test.each(["missing", "file"])("is none when it is a %s", (name) => {
    writeFileSync(join(folder, "file"), "", { mode: 0o644 });
    chmodSync(join(folder, "file"), 0o644);
    tightenFolder(join(folder, name), report);
    expect(said).toEqual([]);
    expect(mode(join(folder, "file"))).toBe(0o644);
  });
});

test("a folder is made once, by however many at the same time", () => {
  makePrivateFolder(join(folder, "a/b"));
  makePrivateFolder(join(folder, "a/b"));
  expect(statSync(join(folder, "a/b")).isDirectory()).toBe(true);
  expect(existsSync(join(folder, "a/b/c"))).toBe(false);
});

function codeOf(work: () => void): string {
  try {
    work();
    return "none";
  } catch (error) {
    return errorCode(error);
  }
}
