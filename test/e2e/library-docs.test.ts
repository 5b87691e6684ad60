import { chmodSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { projectWithPackage, type Project } from "../support/installed-package.ts";
import { startLab, type Lab } from "../support/lab.ts";
import { onTerminal } from "../support/on-terminal.ts";
import { blocksOf, readPage, sectionOf } from "../support/readme.ts";
import { run } from "../support/run.ts";
import { appEnv } from "../support/sdk-app.ts";

const root = join(import.meta.dirname, "../..");
const page = readPage("docs/library.md");
const [first = "", second = "", third = "", ...more] = blocksOf(page, "js");

let project: Project;
beforeAll(async () => {
  project = await projectWithPackage();
}, 240_000);
afterAll(() => project[Symbol.dispose]());

/** Of somebody whose environment names no profile, as the examples do. */
function userEnv(lab: Lab, more: Readonly<Record<string, string>> = {}): Record<string, string> {
  return appEnv(lab, { AWS_PROFILE: "", ...more });
}

const arnOf = ({ sandbox }: Lab): string => sandbox.user("alice").arn;

describe("an example of docs/library.md", () => {
  test("is tried here", () => {
    expect(more).toEqual([]);
    expect(blocksOf(page, "sh")).toHaveLength(2);
    expect(blocksOf(page, "sh")[0]).toBe("npm install awsmfa\n");
  });

  test("the first, on a terminal", async () => {
    await using lab = await startLab();
    const app = project.write("first.mjs", first);
    const terminal = onTerminal(process.execPath, [app], userEnv(lab));
    await terminal.until("MFA code for phone (profile dev): ");
    terminal.type(`${lab.sandbox.freshCode("alice")}\r`);
    await terminal.until(arnOf(lab));
    expect(await terminal.ended).toEqual({ exitCode: 0, signal: 0 });
  });

  test("a program that asks by itself", async () => {
    await using lab = await startLab();
    const app = project.write("second.mjs", second);
    const terminal = onTerminal(process.execPath, [app], userEnv(lab));
    await terminal.until(`Code of ${lab.serial}: `);
    terminal.type(`${lab.sandbox.freshCode("alice")}\r`);
    await terminal.until(arnOf(lab));
    expect(await terminal.ended).toEqual({ exitCode: 0, signal: 0 });
  });

  test.each([
    ["with a session", { AWS_PROFILE: "dev" }],
    ["with other credentials", { AWS_PROFILE: "server" }],
  ])("a chain, %s", async (_title, profile) => {
    await using lab = await startLab();
    await lab.signIn();
    const { accessKeyId, secretAccessKey } = lab.sandbox.user("alice");
    const program = `echo '${JSON.stringify({ Version: 1, AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey })}'`;
    const script = lab.write("bin/keys", `#!/bin/sh\n${program}\n`);
    chmodSync(script, 0o755);
    const config = readFileSync(join(lab.home, ".aws/config"), "utf8");
    lab.write(
      ".aws/config",
      `${config}[profile server]\nregion = us-east-1\ncredential_process = ${script}\n`,
    );
    const app = project.write("third.mjs", third);
    const before = lab.sandbox.calls.length;
    const ended = await run(process.execPath, [app], { env: userEnv(lab, profile) });
    expect(ended).toMatchObject({ code: 0, stderr: "", stdout: `${arnOf(lab)}\n` });
    const [call] = lab.sandbox.calls.slice(before);
    expect(call).toMatchObject({ mfa: profile.AWS_PROFILE === "dev" });
  });

  test("a bundle", async () => {
    await using lab = await startLab();
    await lab.signIn();
    const [, line = ""] = blocksOf(page, "sh");
    const main = first.replace(/^const .*/ms, (body) => `(async () => {\n${body}})();\n`);
    project.write("app.js", main);
    const npx = project.write("bin/npx", `#!/bin/sh\nexec '${root}/node_modules/.bin/'"$@"\n`);
    chmodSync(npx, 0o755);
    const env = userEnv(lab);
    const path = `${project.folder}/bin:${env["PATH"]}`;
    const built = await run("/bin/sh", ["-c", line], {
      env: { ...env, PATH: path },
      cwd: project.folder,
    });
    expect(built).toMatchObject({ code: 0 });
    const ended = await run(process.execPath, [join(project.folder, "bundle.cjs")], { env });
    expect(ended).toMatchObject({ code: 0, stderr: "", stdout: `${arnOf(lab)}\n` });
  });
});

test("its table has the options that the types have", () => {
  const rows = [...sectionOf(page, "## Options").matchAll(/^\| `(\w+)` /gm)].map(
    ([, name]) => name,
  );
  const types = readPage("src/sdk/types.ts");
  const [, init = ""] = /interface FromMfaSessionInit \{(.*?)^\}/ms.exec(types) ?? [];
  const options = [...init.matchAll(/^ {2}readonly (\w+)\?:/gm)].map(([, name]) => name);
  expect(rows.toSorted()).toEqual(options.toSorted());
});
