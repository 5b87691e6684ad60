import { execFile } from "node:child_process";
import { copyFileSync, cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startLab } from "../support/lab.ts";
import { readmeLines } from "../support/readme.ts";
import { run } from "../support/run.ts";

const root = join(import.meta.dirname, "../..");
const execFileAsync = promisify(execFile);
let folder = "";

/** The README's own lines, in a copy of the checkout, installing into a folder of the test's own. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "awsmfa-install-"));
  const checkout = join(folder, "checkout");
  const list = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
  const { stdout } = await execFileAsync("git", list, { cwd: root });
  for (const name of stdout.split("\0").filter((file) => existsSync(join(root, file)))) {
    if (name !== "") cpSync(join(root, name), join(checkout, name));
  }
  const lines = readmeLines("sh").filter((line) => line.startsWith("npm "));
  expect(lines).toHaveLength(2);
  await execFileAsync("bash", ["-e", "-c", lines.join("\n")], { cwd: checkout, env: npmEnv() });
}, 240_000);

/** Without what the npm that runs the tests tells its children. */
function npmEnv(): Record<string, string | undefined> {
  const own = Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name));
  return { ...Object.fromEntries(own), NPM_CONFIG_PREFIX: folder, NPM_CONFIG_LOGLEVEL: "error" };
}

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
      "dist/iam.cjs",
      "dist/index.cjs",
      "dist/index.d.cts",
      "dist/index.d.mts",
      "dist/index.mjs",
      "dist/install-profile.cjs",
      "dist/install.cjs",
      "dist/obtain.cjs",
      "dist/register.cjs",
      "dist/register.d.cts",
      "dist/registrar.cjs",
      "dist/registration.cjs",
      "dist/run-migrate.cjs",
      "dist/run-refresh.cjs",
      "dist/run-renewal.cjs",
      "dist/run-serve.cjs",
      "dist/run-supply.cjs",
      "dist/run-watch.cjs",
      "dist/setup.cjs",
      "dist/sts.cjs",
      "docs",
      "docs/first-call.svg",
      "docs/integrations.md",
      "docs/library.md",
      "docs/register.md",
      "docs/status-json.md",
      "docs/status.svg",
      "docs/watch-json.md",
      "package.json",
    ]
  `);
});

test("scripts/demo, from the checkout and without a terminal", async () => {
  const checkout = join(folder, "checkout");
  // Its packages are installed already.
  copyFileSync(join(checkout, "package-lock.json"), join(checkout, "node_modules/.awsmfa-lock"));
  const env = npmEnv() as Record<string, string>;
  const ended = await run("./scripts/demo", [], { env, cwd: checkout });
  expect(ended.code).toBe(0);
  expect(ended.stdout.match(/demo-photos/g)).toHaveLength(2);
});
