import { execFile } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

const root = join(import.meta.dirname, "..");

/** A file of this folder may not import that: each is one violation of the layers. */
const forbidden: [folder: string, path: string][] = [
  ["core", "node:fs"],
  ["core", "../system/a.ts"],
  ["core", "../sandbox/a.ts"],
  ["core/plan", "node:fs"],
  ["core/plan", "../../system/a.ts"],
  ["core/plan", "../../sandbox/a.ts"],
  ["system", "../aws/a.ts"],
  ["system", "../mfa/a.ts"],
  ["system", "../shell/a.ts"],
  ["aws", "../mfa/a.ts"],
  ["aws", "../session/a.ts"],
  ["aws", "../shell/a.ts"],
  ["aws/files", "../../mfa/a.ts"],
  ["aws/files", "../../session/a.ts"],
  ["mfa", "../aws/a.ts"],
  ["mfa", "../session/a.ts"],
  ["mfa", "../shell/a.ts"],
  ["shell", "../aws/a.ts"],
  ["shell", "../mfa/a.ts"],
  ["shell", "../session/a.ts"],
  ["session", "../cli/a.ts"],
  ["session", "../sandbox/a.ts"],
  ["session", "../bin.ts"],
  ["session/watch", "../../cli/a.ts"],
  ["session/watch", "../../sandbox/a.ts"],
  ["session", "../sdk/a.ts"],
  ["session", "../register/a.ts"],
  ["session/watch", "../../sdk/a.ts"],
  ["sdk", "../cli/a.ts"],
  ["sdk", "../register/a.ts"],
  ["sdk", "../sandbox/a.ts"],
  ["register", "../cli/a.ts"],
  ["register", "../sdk/a.ts"],
  ["cli", "../sdk/a.ts"],
  ["cli", "../register/a.ts"],
  ["cli", "../sandbox/a.ts"],
  ["cli", "../bin.ts"],
  ["cli/watch", "../../sandbox/a.ts"],
  ["cli/watch", "../../sdk/a.ts"],
  ["sandbox", "../core/a.ts"],
];

const allowed: [folder: string, path: string][] = [
  ["core", "./a.ts"],
  ["core", "./plan/a.ts"],
  ["core/plan", "./a.ts"],
  ["core/plan", "../a.ts"],
  ["core/plan", "../session/a.ts"],
  ["system", "../core/a.ts"],
  ["aws", "../system/a.ts"],
  ["aws/files", "./a.ts"],
  ["aws/files", "../../core/a.ts"],
  ["aws/files", "../../system/a.ts"],
  ["mfa", "../system/a.ts"],
  ["shell", "../core/a.ts"],
  ["shell", "../system/a.ts"],
  ["session", "../mfa/a.ts"],
  ["session", "../aws/a.ts"],
  ["session/watch", "../a.ts"],
  ["session/watch", "../../aws/a.ts"],
  ["sdk", "../session/a.ts"],
  ["register", "../session/a.ts"],
  ["cli", "../session/a.ts"],
  ["cli/demo", "../../sandbox/a.ts"],
];

let folder = "";
let faults: { code: string; filename: string }[] = [];

const fileOf = (kind: string, index: number, from: string): string =>
  `src/${from}/${kind}-${index}.ts`;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "awsmfa-layers-"));
  copyFileSync(join(root, ".oxlintrc.json"), join(folder, ".oxlintrc.json"));
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  const imports = (path: string): string => `import { a } from "${path}";\nexport const b = [a];\n`;
  for (const layer of [
    "core",
    "system",
    "aws",
    "aws/files",
    "mfa",
    "shell",
    "session",
    "sdk",
    "register",
    "cli",
    "cli/demo",
    "sandbox",
  ]) {
    write(`src/${layer}/a.ts`, "export const a = 1;\n");
  }
  write("src/bin.ts", "export const a = 1;\n");
  forbidden.forEach(([from, path], index) =>
    write(fileOf("forbidden", index, from), imports(path)),
  );
  allowed.forEach(([from, path], index) => write(fileOf("allowed", index, from), imports(path)));
  write(
    "src/core/one.ts",
    'import { two } from "./two.ts";\nexport const one = (): unknown => two;\n',
  );
  write(
    "src/core/two.ts",
    'import { one } from "./one.ts";\nexport const two = (): unknown => one;\n',
  );
  const oxlint = join(root, "node_modules/oxlint/bin/oxlint");
  const output = await new Promise<string>((resolve) => {
    const options = { cwd: folder };
    execFile(process.execPath, [oxlint, "--format=json"], options, (_error, stdout) =>
      resolve(stdout),
    );
  });
  faults = (JSON.parse(output) as { diagnostics: typeof faults }).diagnostics;
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const rulesBroken = (file: string): string[] =>
  faults.filter(({ filename }) => filename === file).map(({ code }) => code);

test.each(forbidden.map(([from, path], index) => [from, path, index] as const))(
  "%s may not import %s",
  (from, _path, index) => {
    const rules = rulesBroken(fileOf("forbidden", index, from));
    expect(rules).toEqual(["eslint(no-restricted-imports)"]);
  },
);

test.each(allowed.map(([from, path], index) => [from, path, index] as const))(
  "%s may import %s",
  (from, _path, index) => {
    expect(rulesBroken(fileOf("allowed", index, from))).toEqual([]);
  },
);

test("no cycles", () => {
  expect(rulesBroken("src/core/one.ts")).toEqual(["import(no-cycle)"]);
});
