import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startLab } from "../support/lab.ts";
import { run } from "../support/run.ts";

const npm = promisify(execFile).bind(undefined, "npm");
const root = join(import.meta.dirname, "../..");
let folder = "";

/** The README's two lines, but into a folder of the test's own. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "awsmfa-install-"));
  await npm(["pack", "--silent", "--pack-destination", folder], { cwd: root });
  const tarball = join(folder, readdirSync(folder)[0] ?? "");
  const options = ["--global", "--prefix", folder, "--no-audit", "--no-fund", "--loglevel=error"];
  await npm(["install", ...options, tarball], { cwd: folder });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("the installed package runs a cold and a warm session, with kernel locks", async () => {
  await using lab = await startLab();
  const env = { ...lab.fakeAws("echo ran"), AWS_MFA_DEBUG: "1" };
  const awsmfa = join(folder, "bin/awsmfa");
  const code = lab.sandbox.freshCode("alice");
  const cold = await run(awsmfa, ["session", "s3", "ls"], { env: { ...env, AWS_MFA_TOKEN: code } });
  expect(cold).toMatchObject({ code: 0, stdout: "ran\n" });
  expect(cold.stderr).not.toMatch(/no kernel locks|cannot lock/);
  const warm = await run(awsmfa, ["session", "s3", "ls"], { env });
  expect(warm).toMatchObject({ code: 0, stdout: "ran\n" });
  expect(warm.stderr).toContain("stored session");
});

test("the package holds the program, its licences and its documents, and nothing else", () => {
  const files = readdirSync(join(folder, "lib/node_modules/awsmfa"), { recursive: true });
  const own = files.map(String).filter((name) => !name.startsWith("node_modules"));
  expect(own.toSorted()).toMatchInlineSnapshot(`
    [
      "CHANGELOG.md",
      "LICENSE",
      "README.md",
      "dist",
      "dist/THIRD-PARTY-LICENSES.txt",
      "dist/awsmfa.cjs",
      "dist/commands.cjs",
      "dist/demo.cjs",
      "dist/obtain.cjs",
      "dist/sts.cjs",
      "package.json",
    ]
  `);
});
