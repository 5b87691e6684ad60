import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findExecutable } from "../../src/system/find-executable.ts";

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "awsmfa-path-"));
  const files: Record<string, number> = {
    "one/tool": 0o755,
    "two/tool": 0o755,
    "plain/tool": 0o644,
    "mine/tool": 0o100,
    "with space/tool": 0o755,
  };
  for (const [path, mode] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), "#!/bin/sh\n");
    chmodSync(join(root, path), mode);
  }
  mkdirSync(join(root, "folder/tool"), { recursive: true });
  mkdirSync(join(root, "links"));
  symlinkSync("../two/tool", join(root, "links/tool"));
  mkdirSync(join(root, "broken"));
  symlinkSync("nowhere", join(root, "broken/tool"));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe("on PATH", () => {
  test.each<[title: string, path: string[], found: string]>([
    ["the first one", ["one", "two"], "found one/tool"],
    ["the first that is there", ["none", "two", "one"], "found two/tool"],
    ["not what cannot be executed", ["plain", "two"], "found two/tool"],
    ["what only its owner can execute", ["mine"], "found mine/tool"],
    ["not a folder of that name", ["folder", "two"], "found two/tool"],
    ["a link, by its own name", ["links", "two"], "found links/tool"],
    ["not a link to nowhere", ["broken", "two"], "found two/tool"],
    ["a folder with a space", ["with space"], "found with space/tool"],
    ["none", ["none", "folder", "broken"], "missing"],
    ["none that can be executed", ["none", "plain"], "not-executable plain/tool"],
    ["the first that cannot be executed", ["plain", "none"], "not-executable plain/tool"],
  ])("%s", (_title, folders, expected) => {
    const PATH = folders.map((folder) => join(root, folder)).join(":");
    const found = findExecutable("tool", { PATH });
    const path = "path" in found ? ` ${found.path.slice(root.length + 1)}` : "";
    expect(found.kind + path).toBe(expected);
  });
});

test.each<[title: string, name: string, path: string | undefined, kind: string]>([
  ["a path is a path, whatever PATH says", "one/tool", "two", "found"],
  ["a path to nothing", "three/tool", "one", "missing"],
  ["a path to a folder", "folder/tool", "one", "missing"],
  ["a path to a file that cannot be executed", "plain/tool", "one", "not-executable"],
])("%s", (_title, name, path, kind) => {
  expect(findExecutable(join(root, name), { PATH: join(root, path ?? "") }).kind).toBe(kind);
});

test.each<[title: string, env: Record<string, string>, found: boolean]>([
  ["an empty entry of PATH is the current folder", { PATH: ":/no/where" }, true],
  ["one at the end too", { PATH: "/no/where:" }, true],
  ["and one in the middle", { PATH: "/no::/where" }, true],
  ["a folder that does not exist is none", { PATH: "/no/where" }, false],
])("%s", (_title, env, found) => {
  // Tests run in the root of the project, and `package.json` is no program.
  const kind = findExecutable("package.json", env).kind;
  expect(kind).toBe(found ? "not-executable" : "missing");
});

test("what is not accepted is passed over", () => {
  const PATH = ["one", "two"].map((folder) => join(root, folder)).join(":");
  const asked: string[] = [];
  const found = findExecutable("tool", { PATH }, (path) => {
    asked.push(path);
    return path.includes("two");
  });
  expect(found).toEqual({ kind: "found", path: join(root, "two/tool") });
  expect(asked).toEqual([join(root, "one/tool"), join(root, "two/tool")]);
  expect(findExecutable("tool", { PATH }, () => false)).toEqual({ kind: "missing" });
});
