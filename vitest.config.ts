import { readFileSync } from "node:fs";
import { defineConfig } from "vitest/config";

/** Scripts for shells are texts, here as in the bundle. */
const scriptsAsTexts = {
  name: "scripts-as-texts",
  enforce: "pre" as const,
  load: (id: string) =>
    /\.(bash|zsh|fish|ps1)$/.test(id)
      ? `export default ${JSON.stringify(readFileSync(id, "utf8"))};`
      : undefined,
};

export default defineConfig({
  plugins: [scriptsAsTexts],
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: "./test/support/build-once.ts",
    reporters: ["default", "./test/support/count-reporter.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
  },
});
