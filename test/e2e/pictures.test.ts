import { accessSync, constants, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { pictures } from "../../scripts/picture/draw-pictures.ts";
import { morningZone } from "../../scripts/picture/status.ts";
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
  const published = readdirSync(join(root, "docs")).filter((name) => name.endsWith(".svg"));
  expect(published.toSorted()).toEqual(names);
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

test("the status shows a session in every state, the fresh one of dev as the active, with roles", () => {
  const label = /aria-label="([^"]*)"/.exec(read("status.svg"))?.[1] ?? "";
  const lines = label.split("&#10;").map((line) => line.replace(/\b\d\d:\d\d\b/, "hh:mm"));
  expect(lines.slice(1)).toEqual([
    "$ awsmfa status",
    "  PROFILE  DEVICE   ACCOUNT       KIND  TIME LEFT                          UNTIL",
    "  archive  phone    345678901234  MFA   ░░░░░░░░░░░░░░░░░░░░      expired  hh:mm",
    "  billing  yubikey  210987654321  MFA   █░░░░░░░░░░░░░░░░░░░        4 min  hh:mm",
    "● dev      phone    123456789012  MFA   ████████████████████  11 h 59 min  hh:mm",
    "  ├ admin  phone    123456789012  ROLE  ████████████████████       59 min  hh:mm",
    "  └ audit  phone    123456789012  ROLE  ████████████████████       59 min  hh:mm",
    "  prod     yubikey  210987654321  MFA   █░░░░░░░░░░░░░░░░░░░       42 min  hh:mm",
    "  staging  phone    123456789012  MFA   ████████████░░░░░░░░   7 h 12 min  hh:mm",
    "",
    "Profile dev (active): session until hh:mm.",
    "",
    "$",
  ]);
});

test("it is always morning in the picture of the status", () => {
  for (let hour = 0; hour < 24; hour++) {
    const timeZone = morningZone(new Date(Date.UTC(2026, 0, 1, hour)));
    const clock = new Intl.DateTimeFormat("en", { timeZone, hour: "numeric", hourCycle: "h23" });
    expect(Number(clock.format(Date.UTC(2026, 0, 1, hour, 59)))).toBe(9);
  }
});
