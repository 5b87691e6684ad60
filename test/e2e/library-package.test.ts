import { readFileSync } from "node:fs";
import { join } from "node:path";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { publint } from "publint";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { projectWithPackage, type Project } from "../support/installed-package.ts";
import { run } from "../support/run.ts";

const root = join(import.meta.dirname, "../..");
const env = { PATH: process.env["PATH"]! };

let project: Project;
beforeAll(async () => {
  project = await projectWithPackage();
}, 240_000);
afterAll(() => project[Symbol.dispose]());

describe("what was packed", () => {
  const packed = (): Buffer => readFileSync(project.tarball);

  test("publint finds nothing", async () => {
    const { buffer, byteOffset, byteLength } = packed();
    const tarball = buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer;
    const { messages } = await publint({ pack: { tarball }, strict: true });
    expect(messages).toEqual([]);
  });

  test("neither does arethetypeswrong", async () => {
    const result = await checkPackage(createPackageFromTarballData(packed()));
    expect(result).toMatchObject({ types: { kind: "included" }, problems: [] });
  });

  test("has the types that are snapshotted", () => {
    const installed = join(project.folder, "node_modules/awsmfa/dist");
    const types = readFileSync(join(installed, "index.d.mts"), "utf8");
    expect(types).toMatchSnapshot();
    expect(readFileSync(join(installed, "index.d.cts"), "utf8")).toBe(types);
  });
});

describe("a program in JavaScript", () => {
  const programs = [
    ["require", "app.cjs", 'const awsmfa = require("awsmfa");'],
    ["import", "app.mjs", 'import * as awsmfa from "awsmfa";'],
  ] as const;

  test.each(programs)("by %s: it has these names", async (_by, file, line) => {
    const tells =
      "console.log(Object.entries(awsmfa).map(([name, it]) => `${name} ${typeof it}`).join());";
    const app = project.write(file, `${line}\n${tells}\n`);
    const ended = await run(process.execPath, [app], { env });
    expect(ended).toMatchObject({ code: 0, stderr: "", stdout: "fromMfaSession function\n" });
  });

  test("both at once are the same functions", async () => {
    const app = project.write(
      "both.mjs",
      `import { createRequire } from "node:module";
      import { fromMfaSession } from "awsmfa";
      const { version } = createRequire(import.meta.url)("awsmfa/package.json");
      console.log(createRequire(import.meta.url)("awsmfa").fromMfaSession === fromMfaSession, typeof version);`,
    );
    const ended = await run(process.execPath, [app], { env });
    expect(ended).toMatchObject({ code: 0, stderr: "", stdout: "true string\n" });
  });

  test("what is not public cannot be had", async () => {
    const app = project.write("inside.cjs", 'require("awsmfa/dist/obtain.cjs");\n');
    const ended = await run(process.execPath, [app], { env });
    expect(ended.stderr).toContain("ERR_PACKAGE_PATH_NOT_EXPORTED");
  });
});

describe("a program in TypeScript", () => {
  const source = readFileSync(join(root, "test/fixtures/typed-app.ts"), "utf8");
  const resolutions = [
    ["node16, an ECMAScript module", "app.mts", { module: "node16", moduleResolution: "node16" }],
    ["node16, CommonJS", "app.cts", { module: "node16", moduleResolution: "node16" }],
    ["bundler", "app.ts", { module: "esnext", moduleResolution: "bundler" }],
  ] as const;
  const strict = {
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    skipLibCheck: false,
    noEmit: true,
    target: "es2022",
    lib: ["es2022"],
    types: ["node"],
  };

  test.each(resolutions)("%s", async (title, file, resolution) => {
    const folder = title.replaceAll(/\W+/g, "-");
    project.write(`${folder}/${file}`, source);
    const config = { compilerOptions: { ...strict, ...resolution }, files: [file] };
    const path = project.write(`${folder}/tsconfig.json`, JSON.stringify(config));
    const tsc = join(root, "node_modules/typescript/bin/tsc");
    expect(await run(process.execPath, [tsc, "-p", path], { env })).toMatchObject({
      code: 0,
      stdout: "",
    });
  });
});
