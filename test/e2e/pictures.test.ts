import { accessSync, constants, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { pictures } from "../../scripts/picture/draw-pictures.ts";
import { run } from "../support/run.ts";

const root = join(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "awsmfa-pictures-"));
const names = pictures.map(({ name }) => `${name}.svg`).toSorted();

const read = (name: string): string => readFileSync(join(folder, name), "utf8");

/** The text that the picture shows, in order. */
const shown = (name: string): string[] =>
  [...read(name).matchAll(/<text [^>]*>([^<]*)</g)].map(([, text = ""]) => text);

beforeAll(async () => {
  const env = process.env as Record<string, string>;
  const ended = await run(process.execPath, ["scripts/pictures.mjs", folder], { env, cwd: root });
  expect(ended).toMatchObject({ code: 0, stderr: "" });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("every picture is drawn, and README.md shows those of docs/", () => {
  expect(readdirSync(folder).toSorted()).toEqual(names);
  expect(readdirSync(join(root, "docs")).toSorted()).toEqual(names);
  const readme = readFileSync(join(root, "README.md"), "utf8");
  for (const name of names) expect(readme).toContain(`](docs/${name})`);
  accessSync(join(root, "scripts/pictures"), constants.X_OK);
});

test.each(names)("%s is well-formed", async (name) => {
  const parse = "import sys, xml.dom.minidom as dom; dom.parse(sys.argv[1])";
  const env = { PATH: process.env["PATH"] ?? "" };
  const ended = await run("python3", ["-c", parse, join(folder, name)], { env });
  expect(ended).toMatchObject({ code: 0, stderr: "" });
});

test.each(names)("%s shows no key, no home and no address", (name) => {
  for (const picture of [read(name), readFileSync(join(root, "docs", name), "utf8")]) {
    expect(picture).not.toMatch(/A[KS]IA[A-Z0-9]{4}|awsmfa-picture|127\.0\.0\.1|\/tmp\/|\/home\//);
  }
});

test("the first call asks once and lists the buckets twice", () => {
  expect(
    shown("first-call.svg")
      .join("\n")
      .replace(/\d{6}$/m, "123456"),
  ).toBe(`$
aws s3 ls
MFA code for phone (profile dev): 123456
2025-03-14 09:26:53 demo-invoices
2025-06-28 18:31:04 demo-photos
$
aws s3 ls
2025-03-14 09:26:53 demo-invoices
2025-06-28 18:31:04 demo-photos
$`);
});
