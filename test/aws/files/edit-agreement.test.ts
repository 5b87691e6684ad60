import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { editCredentials } from "../../../src/aws/files/credentials.ts";
import { readIniText } from "../../../src/aws/files/read-ini-file.ts";
import { editSection } from "../../support/edit-section.ts";
import { parseIni } from "../../../src/core/aws-files/ini.ts";
import type { SectionChanges } from "../../../src/core/aws-files/section-changes.ts";
import { AwsmfaError } from "../../../src/core/errors.ts";
import { python } from "../../support/commands.ts";
import { run } from "../../support/run.ts";
import { faultOfEdit } from "./edited-lines.ts";
import { Dice, generateFiles } from "./generate-files.ts";

const SEED = 20_261_122;
const GENERATED = 4000;

/** What botocore reads; null where it refuses the file. */
type Reading = { sections: Table<Table<string>>; defaults: Table<string> } | null;
type Table<Value> = Record<string, Value>;

interface Edit {
  readonly input: string;
  readonly section: string;
  readonly changes: SectionChanges;
  /** The file we made of it; undefined where we refuse to. */
  readonly output: string | undefined;
}

const home = mkdtempSync(join(tmpdir(), "awsmfa-test-"));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const inputs = generateFiles(SEED, GENERATED).map(({ credentials }, index) =>
  written(`${index}`, credentials),
);
const dice = new Dice(SEED);
const edits = inputs.flatMap((input, index) => editsOf(input, index));

/** What botocore makes of each file, by its path. */
let readings: Map<string, Reading>;
beforeAll(async () => {
  const outputs = edits.flatMap(({ output }) => (output === undefined ? [] : [output]));
  readings = await readWithBotocore([...inputs, ...outputs]);
});

describe(`${edits.length} edits of ${GENERATED} generated files`, () => {
  test("many are done and many are refused", () => {
    const done = edits.filter(({ output }) => output !== undefined).length;
    expect(edits.length).toBeGreaterThan(10_000);
    expect(done / edits.length).toBeGreaterThan(0.5);
    expect(done / edits.length).toBeLessThan(0.95);
  });

  test("what botocore reads is edited, and what it refuses is refused", () => {
    const different = edits.filter(
      (edit) => (readings.get(edit.input) === null) !== (edit.output === undefined),
    );
    // A broken [DEFAULT] matters as soon as a section inherits it.
    expect(different.filter((edit) => !wouldInheritFault(edit)).map(show)).toEqual([]);
    expect(different.length).toBeLessThan(edits.length / 100);
  });

  test("botocore reads the new values, and all other sections as before", () => {
    const different = edits.filter(
      (edit) =>
        edit.output !== undefined &&
        !isDeepStrictEqual(readings.get(edit.output), expectedReading(edit)),
    );
    expect(different.map(show)).toEqual([]);
  });

  test("every other line is the same bytes", () => {
    const faults = edits.flatMap((edit) => {
      if (edit.output === undefined) return [];
      const [old, now] = [edit.input, edit.output].map((path) => readFileSync(path, "utf8"));
      const fault = faultOfEdit(old!, now!, edit.section, new Set(edit.changes.keys()));
      return fault === undefined ? [] : [`${fault}: ${show(edit)}`];
    });
    expect(faults).toEqual([]);
  });
});

describe("a file that botocore refuses", () => {
  const broken = inputs.filter((_, index) => index % 4 === 0);
  test("is named with line and reason, and stays as it is", async () => {
    let refused = 0;
    for (const path of broken) {
      if (readings.get(path) !== null) continue;
      const before = readFileSync(path);
      expect(await failureOf(path), path).toMatchObject({
        code: "UnparsableFile",
        exitCode: 253,
        message: expect.stringMatching(/\/\d+, line \d+: [^\n]+\.$/),
      });
      expect(readFileSync(path).equals(before)).toBe(true);
      refused++;
    }
    expect(refused).toBeGreaterThan(50);
  });

  test.each<[what: string, bytes: Buffer, line: number, reason: string]>([
    ["Latin-1", Buffer.from("[a]\nx = 1\n# Zürich\n", "latin1"), 3, "not UTF-8 text"],
    ["UTF-16", Buffer.from("\ufeff[a]\n", "utf16le"), 1, "not UTF-8 text"],
    [
      "a byte order mark",
      Buffer.from("\ufeff[a]\nx = 1\n"),
      1,
      "a byte order mark before the first [section]",
    ],
    ["a section twice", Buffer.from("[a]\n[b]\n[a]\n"), 3, "the section of line 1 once more"],
    ["a key twice", Buffer.from("[a]\nx = 1\n\nX = 2\n"), 4, "the key of line 2 once more"],
  ])("%s", async (what, bytes, line, reason) => {
    const path = written(what.replaceAll(" ", "-"), bytes);
    expect(await failureOf(path)).toMatchObject({
      message: `${path}, line ${line}: ${reason}.`,
      exitCode: 253,
    });
    expect(readFileSync(path).equals(bytes)).toBe(true);
    expect(await readWithBotocore([path])).toEqual(new Map([[path, null]]));
  });
});

test("a file of 1 MB", async () => {
  const section = (index: number): string =>
    `[p${index}]\n# ${"c".repeat(60)}\naws_access_key_id = ${"k".repeat(20)}\nx : ${index}\n\n`;
  const sections = Array.from({ length: 9000 }, (_, index) => section(index));
  const text = sections.join("");
  expect(text.length).toBeGreaterThan(1_000_000);
  const path = written("large", Buffer.from(text));
  const changes = new Map([["p4000", new Map([["x", "new"]])]]);
  await edit(path, changes);
  expect(readFileSync(path, "utf8")).toBe(text.replace("x : 4000\n", "x : new\n"));
});

/** Some changes of sections that are there, and of one that is not. */
function editsOf(input: string, index: number): Edit[] {
  const found = sectionsOf(input);
  const present = found.length === 0 ? ["a"] : found;
  const names = [dice.one(present), dice.one(present), "new one"];
  return names.map((section, time) => {
    const changes = changesOf(input, section);
    const text = edited(input, section, changes);
    const output = text && written(`${index}-${time}`, Buffer.from(text.text));
    return { input, section, changes, output };
  });
}

function changesOf(input: string, section: string): SectionChanges {
  const present = [...(parsed(input)?.sections.get(section)?.entries.keys() ?? [])];
  const keys = dice.some(1, 4, () =>
    dice.percent(50) && present.length > 0
      ? dice.one(present)
      : dice.one(["aws_access_key_id", "aws_session_token", "expiration", "x", "ключ"]),
  );
  const value = (): string | undefined =>
    dice.percent(30)
      ? undefined
      : dice.one(["1", "a = b", "a: b", "[x]", "# c", "名 😀", "", "%x"]);
  const changes = new Map(keys.map((key) => [key, value()]));
  // A section that is not there is not made for the sake of nothing.
  return sectionsOf(input).includes(section) ? changes : changes.set("y", "2");
}

function edited(input: string, section: string, changes: SectionChanges) {
  try {
    return { text: editSection(readIniText(input), section, changes) };
  } catch (error) {
    if (error instanceof AwsmfaError || (error as Error).name === "IniSyntaxError")
      return undefined;
    throw new Error(show({ input, section, changes, output: undefined }), { cause: error });
  }
}

/** What botocore should read from the output. */
function expectedReading({ input, section, changes }: Edit): Reading {
  const { sections, defaults } = readings.get(input)!;
  const values = { ...(Object.hasOwn(sections, section) ? sections[section] : defaults) };
  for (const [key, value] of changes) {
    const now = value ?? (Object.hasOwn(defaults, key) ? defaults[key] : undefined);
    delete values[key];
    if (now !== undefined) Object.defineProperty(values, key, { ...asWritten, value: now });
  }
  const all = Object.fromEntries([...Object.entries(sections), [section, values]]);
  return { sections: all, defaults };
}

const asWritten = { enumerable: true, configurable: true, writable: true };

function wouldInheritFault({ input, output }: Edit): boolean {
  const defaults = Object.values(readings.get(input)?.defaults ?? {});
  return output === undefined && defaults.some((value) => /^\n([^=]*\n)*[^=]+(\n|$)/.test(value));
}

function sectionsOf(path: string): string[] {
  return [...(parsed(path)?.sections.keys() ?? [])];
}

function parsed(path: string) {
  try {
    return parseIni(readIniText(path));
  } catch {
    return undefined;
  }
}

async function readWithBotocore(paths: readonly string[]): Promise<Map<string, Reading>> {
  const reader = join(import.meta.dirname, "botocore-sections.py");
  const env = { PATH: process.env["PATH"] ?? "", HOME: home, PYTHONUTF8: "1" };
  const ended = await run(python, [reader], { env, stdin: JSON.stringify(paths) });
  if (ended.code !== 0) throw new Error(ended.stderr);
  const found = JSON.parse(ended.stdout) as Reading[];
  return new Map(paths.map((path, index) => [path, found[index]!]));
}

async function edit(path: string, sections: ReadonlyMap<string, SectionChanges>): Promise<void> {
  const report = { say: () => undefined, sayOnce: () => undefined, debug: () => undefined };
  const env = { HOME: home, AWS_SHARED_CREDENTIALS_FILE: path };
  const context = { env, now: () => new Date(), report };
  await editCredentials(context, { edits: () => sections, overwriteLongTerm: true, backup: false });
}

async function failureOf(path: string): Promise<unknown> {
  try {
    await edit(path, new Map([["new one", new Map([["x", "1"]])]]));
  } catch (error) {
    return error;
  }
  return "It was edited.";
}

function written(name: string, bytes: Buffer): string {
  const path = join(home, name);
  writeFileSync(path, bytes);
  return path;
}

function show({ input, output, section, changes }: Edit): string {
  const text = (path: string | undefined): string | undefined =>
    path && JSON.stringify(readFileSync(path, "latin1"));
  const wanted = JSON.stringify([section, ...changes]);
  return `${wanted} of ${text(input)} is ${text(output)}`;
}
