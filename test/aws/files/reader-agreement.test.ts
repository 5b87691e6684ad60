import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { generateFiles } from "./generate-files.ts";
import { readWithBotocore, readWithOurs, type FilePaths, type Reading } from "./reading.ts";

const SEED = 20_240_229;
const GENERATED = 2000;

const home = mkdtempSync(join(tmpdir(), "awsmfa-test-"));
const corpus = join(import.meta.dirname, "corpus");
const accepted = pairsIn("accepted");
const refused = pairsIn("refused");
const generated = generateFiles(SEED, GENERATED).map((files, index) => {
  const paths = pathsOf(home, String(index));
  writeFileSync(paths.config, files.config);
  writeFileSync(paths.credentials, files.credentials);
  return paths;
});

/** What botocore makes of each pair, by the path of its config file. */
let readings: Map<string, Reading>;

beforeAll(async () => {
  const all = [...[...accepted, ...refused].map(({ paths }) => paths), ...generated];
  const found = await readWithBotocore(all, home);
  readings = new Map(all.map(({ config }, index) => [config, found[index]!]));
});

afterAll(() => rmSync(home, { recursive: true, force: true }));

it("the corpus covers what the AWS CLI's files may hold", () => {
  expect(accepted.length + refused.length).toBeGreaterThanOrEqual(60);
});

describe("botocore reads it as we do", () => {
  it.each(accepted)("$name", ({ paths }) => {
    expect(theirs(paths)).not.toEqual({ error: true });
    expect(readWithOurs(paths), show(paths)).toEqual(theirs(paths));
  });
});

describe("botocore refuses it as we do", () => {
  it.each(refused)("$name", ({ paths }) => {
    expect(theirs(paths)).toEqual({ error: true });
    expect(readWithOurs(paths), show(paths)).toEqual({ error: true });
  });
});

describe(`${GENERATED} generated pairs`, () => {
  it("are read by botocore as by us", () => {
    const different = generated.filter(
      (paths) => !isDeepStrictEqual(readWithOurs(paths), theirs(paths)),
    );
    const [first] = different;
    if (first === undefined) return;
    expect(readWithOurs(first), `${different.length} differ. ${show(first)}`).toEqual(
      theirs(first),
    );
    expect(different).toEqual([]);
  });

  it("are accepted about as often as refused", () => {
    const count = generated.filter((paths) => !("error" in theirs(paths))).length;
    expect(count / GENERATED).toBeGreaterThan(0.3);
    expect(count / GENERATED).toBeLessThan(0.7);
  });
});

/** The pairs in a folder of the corpus; either file of a pair may be missing. */
function pairsIn(folder: string): { name: string; paths: FilePaths }[] {
  const files = readdirSync(join(corpus, folder)).toSorted();
  const names = new Set(files.map((file) => file.replace(/\.[a-z]+$/, "")));
  return [...names].map((name) => ({ name, paths: pathsOf(join(corpus, folder), name) }));
}

function pathsOf(folder: string, name: string): FilePaths {
  const path = join(folder, name);
  return { config: `${path}.config`, credentials: `${path}.credentials` };
}

function theirs({ config }: FilePaths): Reading {
  return readings.get(config)!;
}

/** Both files, every oddity in them visible. */
function show({ config, credentials }: FilePaths): string {
  return [config, credentials].map((path) => `${path}:\n${visible(path)}`).join("\n");
}

function visible(path: string): string {
  try {
    return JSON.stringify(readFileSync(path, "latin1")).replaceAll("\\n", "\\n\n");
  } catch {
    return "missing";
  }
}
