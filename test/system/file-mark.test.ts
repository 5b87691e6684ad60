import {
  chmodSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fileMark } from "../../src/system/file-mark.ts";

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "awsmfa-mark-"));
  path = join(folder, "file");
  writeFileSync(path, "text");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A file with the same times: only what tells two files apart is left. */
function replaceByTwin(): void {
  const { atime, mtime } = statSync(path);
  writeFileSync(`${path}.new`, "text");
  utimesSync(`${path}.new`, atime, mtime);
  renameSync(`${path}.new`, path);
}

describe("a file has another mark when", () => {
  it.each<[what: string, change: () => void]>([
    ["it gets longer", () => writeFileSync(path, "more text")],
    ["it gets other words of that length", () => writeFileSync(path, "TEXT")],
    ["it is written as it was", () => writeFileSync(path, "text")],
    ["it is emptied", () => writeFileSync(path, "")],
    ["another one takes its place", replaceByTwin],
    ["it is removed", () => rmSync(path)],
    ["its mode changes", () => chmodSync(path, 0o400)],
    ["it gets another time", () => utimesSync(path, 1, 1)],
    [
      "it is written, and gets its old time back",
      () => {
        const { atime, mtime } = statSync(path);
        writeFileSync(path, "TEXT");
        utimesSync(path, atime, mtime);
      },
    ],
    [
      "a folder takes its place",
      () => {
        rmSync(path);
        mkdirSync(path);
      },
    ],
    [
      "a link that leads nowhere takes its place",
      () => {
        rmSync(path);
        symlinkSync("nowhere", path);
      },
    ],
    [
      "a link that leads to itself takes its place",
      () => {
        rmSync(path);
        symlinkSync(path, path);
      },
    ],
  ])("%s", async (_what, change) => {
    const before = fileMark(path);
    // A clock of the system's may tick a hundred times a second.
    await sleep(20);
    change();
    expect(fileMark(path)).not.toBe(before);
  });

  it("what a link leads to changes", async () => {
    const link = join(folder, "link");
    symlinkSync(path, link);
    const before = fileMark(link);
    expect(before).toBe(fileMark(path));
    await sleep(20);
    writeFileSync(path, "TEXT");
    expect(fileMark(link)).not.toBe(before);
  });

  it("a link leads elsewhere", () => {
    const link = join(folder, "link");
    symlinkSync(path, link);
    writeFileSync(join(folder, "other"), "text");
    const before = fileMark(link);
    rmSync(link);
    symlinkSync("other", link);
    expect(fileMark(link)).not.toBe(before);
  });
});

describe("a file has the same mark when", () => {
  it.each<[what: string, change: () => void]>([
    ["nothing happens", () => undefined],
    ["it is read", () => void readFileSync(path)],
    ["another file beside it changes", () => writeFileSync(join(folder, "other"), "text")],
  ])("%s", async (_what, change) => {
    const before = fileMark(path);
    await sleep(20);
    change();
    expect(fileMark(path)).toBe(before);
  });

  it("it is not there, and not there", () => {
    const none = join(folder, "none");
    expect(fileMark(none)).toBe(fileMark(join(folder, "no/where")));
    expect(fileMark(none)).not.toBe(fileMark(path));
  });

  it("it cannot be looked at, for the same reason", () => {
    const below = join(path, "below");
    expect(fileMark(below)).toBe(fileMark(below));
    symlinkSync("loop", join(folder, "loop"));
    expect(fileMark(join(folder, "loop"))).toBe("ELOOP");
  });

  it("it gets another name, which tells nothing but its count of names", () => {
    linkSync(path, join(folder, "other"));
    expect(fileMark(join(folder, "other"))).toBe(fileMark(path));
  });
});
