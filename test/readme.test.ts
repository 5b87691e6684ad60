import { accessSync, constants, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ExitCode } from "../src/core/errors.ts";

const root = join(import.meta.dirname, "..");
const readme = readFileSync(join(root, "README.md"), "utf8");

const sources = ["core", "aws", "mfa", "shell", "session", "system", "sdk", "cli"]
  .flatMap((layer) =>
    readdirSync(join(root, "src", layer), { encoding: "utf8", recursive: true }).map((name) =>
      join(root, "src", layer, name),
    ),
  )
  .filter((path) => path.endsWith(".ts"))
  .map((path) => readFileSync(path, "utf8"))
  .join("\n");

const variablesIn = (text: string): string[] =>
  [...new Set(text.match(/\b(?:AWS_MFA|SSH)_[A-Z_]+\b/g))].toSorted();

test("the chapters come in the order in which people ask", () => {
  expect(readme.match(/^## .*$/gm)).toEqual([
    "## Install",
    "## Besides `aws`",
    "## Roles",
    "## SDKs and other programs",
    "## The credentials file",
    "## Two commands",
    "## How it works",
    "## Variables",
    "## Exit codes",
    "## Security",
  ]);
});

test("every variable of ours is in the table, and no other", () => {
  const table = readme.slice(readme.indexOf("## Variables"), readme.indexOf("## Exit codes"));
  expect(variablesIn(table)).toEqual(variablesIn(sources));
});

test("every exit code of ours is in the table", () => {
  const table = readme.slice(readme.indexOf("## Exit codes"), readme.indexOf("## Security"));
  const codes = [...table.matchAll(/^\|\s*([\d, ]+)\|/gm)].flatMap(([, cell = ""]) =>
    cell.split(","),
  );
  expect(codes.map(Number).toSorted()).toEqual(Object.values(ExitCode).toSorted());
});

test.each(["scripts/demo", "scripts/test", "scripts/bench"])("%s can be executed", (path) => {
  expect(readme).toContain(path);
  accessSync(join(root, path), constants.X_OK);
});
