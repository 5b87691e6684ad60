import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readProfileFiles } from "../../../src/aws/files/profiles.ts";
import { readIniFile } from "../../../src/aws/files/read-ini-file.ts";
import { AwsmfaError } from "../../../src/core/errors.ts";

const NOBODY = 65_534;
const secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
const keys = `aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = ${secret}\n`;

let home: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "awsmfa-test-"));
  mkdirSync(join(home, ".aws"));
});

afterEach(() => rmSync(home, { recursive: true, force: true }));

describe("readProfileFiles", () => {
  it.each([
    ["both files", "[profile a]\n", "[b]\n", ["a", "b"]],
    ["the config file alone", "[profile a]\n", undefined, ["a"]],
    ["the credentials file alone", undefined, "[b]\n", ["b"]],
    ["neither file", undefined, undefined, []],
    ["empty files", "", "", []],
  ])("reads %s", (_what, config, credentials, names) => {
    if (config !== undefined) write(".aws/config", config);
    if (credentials !== undefined) write(".aws/credentials", credentials);
    expect(readProfileFiles({ HOME: home }).names()).toEqual(names);
  });

  it("reads the files that the variables name", () => {
    write("c", "[profile a]\n");
    write("k", "[b]\n");
    const env = { HOME: home, AWS_CONFIG_FILE: "~/c", AWS_SHARED_CREDENTIALS_FILE: "$HOME/k" };
    expect(readProfileFiles(env).names()).toEqual(["a", "b"]);
  });

  it.each(["config", "credentials"])("refuses a broken %s file", (file) => {
    write(`.aws/${file}`, "[a]\nbroken\n");
    const failure = failureOf(() => readProfileFiles({ HOME: home }));
    expect(failure.message).toBe(`${join(home, ".aws", file)}, line 2: a line without "=".`);
  });
});

describe("what is no regular file is empty, as it is for the AWS CLI", () => {
  it.each<[what: string, make: (path: string) => void]>([
    ["nothing", () => undefined],
    ["a folder", (path) => mkdirSync(path)],
    ["a dangling link", (path) => symlinkSync(join(home, "gone"), path)],
    ["a link to itself", (path) => symlinkSync(path, path)],
    ["a device", (path) => symlinkSync("/dev/zero", path)],
  ])("%s", (_what, make) => {
    const path = join(home, ".aws/config");
    make(path);
    expect(readIniFile(path).sections.size).toBe(0);
  });

  it.each(["", "file/config", "\0"])("%j", (path) => {
    write("file", "");
    expect(readIniFile(path === "" ? "" : join(home, path)).sections.size).toBe(0);
  });
});

it("a file without permission to read it is an error", () => {
  const path = write("config", "[a]\n", 0o000);
  chmodSync(home, 0o755);
  const failure = asOrdinaryUser(() => failureOf(() => readIniFile(path)));
  expect(failure).toMatchObject({
    code: "UnreadableFile",
    exitCode: 253,
    message: `${path} cannot be read (EACCES).`,
    hint: "Check its permissions and those of its folder.",
  });
});

describe("an unparsable file is an error that names path and line, and quotes nothing", () => {
  const latin1 = (text: string) => Buffer.from(text, "latin1");

  it.each<[what: string, content: string | Buffer, line: number, reason: string]>([
    ["keys before a section", keys, 1, "no [section] before the first line"],
    ["a secret alone on its line", `[a]\n${secret}\n`, 2, 'a line without "="'],
    ["a key twice", `[a]\n${keys}${keys}`, 4, "the key of line 2 once more"],
    ["a secret for a key", `[a]\n${secret}=\n${secret}=\n`, 3, "the key of line 2 once more"],
    ["a section twice", `[${secret}]\n\n[${secret}]\n`, 3, "the section of line 1 once more"],
    ["a secret in a nested block", `[a]\nx =\n  ${secret}\n`, 2, 'a nested line without "="'],
    ["a value without key", `[a]\n= ${secret}\n`, 2, 'no key before "="'],
    ["Latin-1", latin1(`[a]\n# ${secret}\nx = Zürich\n`), 3, "not UTF-8 text"],
    ["Latin-1 and lone CR", latin1(`[a]\rx = Zürich ${secret}\r`), 2, "not UTF-8 text"],
    [
      "Latin-1 after a true U+FFFD",
      Buffer.from("5b615d0aefbfbd3d0aff", "hex"),
      3,
      "not UTF-8 text",
    ],
  ])("%s", (_what, content, line, reason) => {
    const path = write("config", content);
    const failure = failureOf(() => readIniFile(path));
    expect(failure).toMatchObject({
      code: "UnparsableFile",
      exitCode: 253,
      message: `${path}, line ${line}: ${reason}.`,
      hint: "The AWS CLI cannot read this file either: correct that line.",
    });
    expect(JSON.stringify([failure.message, failure.hint, failure.stack])).not.toContain(secret);
  });

  it("and makes the path safe for a terminal", () => {
    const path = write("con\u001b[31mfig", "x");
    expect(failureOf(() => readIniFile(path)).message).toContain("con?[31mfig, line 1: ");
  });
});

it("a true U+FFFD is text like any other", () => {
  const path = write("config", "[a]\nx = \ufffd\n");
  expect(readIniFile(path).sections.get("a")?.entries.get("x")?.value).toBe("\ufffd");
});

function write(name: string, content: string | Buffer, mode = 0o600): string {
  const path = join(home, name);
  writeFileSync(path, content, { mode });
  return path;
}

function failureOf(read: () => unknown): AwsmfaError {
  try {
    read();
  } catch (error) {
    if (error instanceof AwsmfaError) return error;
    throw error;
  }
  throw new Error("It was read.");
}

/** Root may read everything, so it steps down for the time of the call. */
function asOrdinaryUser<Result>(call: () => Result): Result {
  if (process.geteuid?.() !== 0) return call();
  process.seteuid?.(NOBODY);
  try {
    return call();
  } finally {
    process.seteuid?.(0);
  }
}
