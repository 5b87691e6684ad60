// Builds dist/: one CommonJS file for the warm path, and a bundle for each thing loaded on demand.
// Every dynamic import of our own becomes a `require` of its bundle.
import { mkdir, rename, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));

const bundles = {
  awsmfa: "src/bin.ts",
  commands: "src/cli/commands.ts",
  demo: "src/cli/demo/demo.ts",
  obtain: "src/session/obtain.ts",
  sts: "src/aws/sts.ts",
};

const onDemand = {
  name: "on-demand",
  setup(build) {
    build.onResolve({ filter: /^\..*\.ts$/ }, ({ kind, path }) => {
      const name = basename(path, ".ts");
      if (kind !== "dynamic-import") return undefined;
      if (!(name in bundles))
        throw new Error(`No bundle for ${path}: name it in scripts/build.mjs`);
      return { path: `./${name}.cjs`, external: true };
    });
  },
};

const shared = {
  absWorkingDir: root,
  outdir: "dist",
  outExtension: { ".js": ".cjs" },
  bundle: true,
  write: false,
  platform: "node",
  target: "node20",
  format: "cjs",
  // Without "module" first, the AWS packages treble in size.
  mainFields: ["module", "main"],
  // A real `import()` would load the ECMAScript loader: 5 ms for nothing.
  supported: { "dynamic-import": false },
  external: ["fs-native-extensions", "cross-spawn"],
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: "none",
  logLevel: "warning",
  plugins: [onDemand],
};

const { sts, ...own } = bundles;
const results = await Promise.all([
  build({ ...shared, entryPoints: own, minify: true }),
  // Nearly all of it is the SDK: short names save a quarter of its size.
  build({ ...shared, entryPoints: { sts }, minify: true }),
]);

await mkdir(join(root, "dist"), { recursive: true });
for (const { path, contents } of results.flatMap((result) => result.outputFiles)) {
  // Whole or not at all: a program that runs from dist/ meanwhile sees the old file or the new one.
  const temporary = `${path}.${process.pid}`;
  await writeFile(temporary, contents, { mode: basename(path) === "awsmfa.cjs" ? 0o755 : 0o644 });
  await rename(temporary, path);
}
