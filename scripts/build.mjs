// Builds dist/: one CommonJS file for the warm path, and a bundle for each thing loaded on demand.
// Every dynamic import of our own becomes a `require` of its bundle.
import { mkdir, rename, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { libraryFiles } from "./library-files.mjs";
import { thirdPartyLicenses } from "./third-party-licenses.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const dist = join(root, "dist");

const bundles = {
  awsmfa: "src/bin.ts",
  commands: "src/cli/commands.ts",
  demo: "src/cli/demo/demo.ts",
  iam: "src/aws/iam.ts",
  index: "src/index.ts",
  install: "src/cli/watch/install/install.ts",
  "install-profile": "src/cli/credential-process/install/install-profile.ts",
  obtain: "src/session/obtain.ts",
  registrar: "src/cli/registrar/registrar.ts",
  registration: "src/register.ts",
  "run-migrate": "src/cli/migrate/run-migrate.ts",
  "run-refresh": "src/cli/refresh/run-refresh.ts",
  "run-renewal": "src/cli/watch/run-renewal.ts",
  "run-serve": "src/cli/serve/run-serve.ts",
  "run-supply": "src/cli/serve/run-supply.ts",
  "run-watch": "src/cli/watch/run-watch.ts",
  setup: "src/cli/refresh/setup/setup.ts",
  sts: "src/aws/sts.ts",
};

const onDemand = {
  name: "on-demand",
  setup(build) {
    build.onResolve({ filter: /^\..*\.ts$/ }, ({ kind, path }) => {
      if (kind !== "dynamic-import") return undefined;
      const name = basename(path, ".ts");
      if (!(name in bundles))
        throw new Error(`No bundle for ${path}: name it in scripts/build.mjs`);
      return { path: `./${name}.cjs`, external: true };
    });
  },
};

const { metafile, outputFiles } = await build({
  absWorkingDir: root,
  entryPoints: bundles,
  outdir: "dist",
  outExtension: { ".js": ".cjs" },
  bundle: true,
  write: false,
  metafile: true,
  platform: "node",
  target: "node20",
  format: "cjs",
  // Without "module" first, the AWS packages treble in size.
  mainFields: ["module", "main"],
  // A real `import()` would load the ECMAScript loader: 5 ms for nothing.
  supported: { "dynamic-import": false },
  external: ["fs-native-extensions", "cross-spawn"],
  alias: { debug: join(root, "scripts/silent-debug.mjs") },
  minify: true,
  // Of an error that nobody handles, Node shows the line: it is to fit on a screen.
  lineLimit: 120,
  // The scripts for shells.
  loader: { ".bash": "text", ".zsh": "text", ".fish": "text", ".ps1": "text" },
  legalComments: "none",
  logLevel: "warning",
  plugins: [onDemand],
});

// Whole or not at all: a program that runs from dist/ meanwhile sees the old file or the new one.
async function replaceFile(path, contents, mode) {
  const temporary = `${path}.${process.pid}`;
  await writeFile(temporary, contents, { mode });
  await rename(temporary, path);
}

await mkdir(dist, { recursive: true });
for (const { path, contents } of outputFiles) {
  await replaceFile(path, contents, basename(path) === "awsmfa.cjs" ? 0o755 : 0o644);
}
for (const [name, text] of Object.entries(await libraryFiles(root))) {
  await replaceFile(join(dist, name), text, 0o644);
}
const licenses = await thirdPartyLicenses(root, metafile);
await replaceFile(join(dist, "THIRD-PARTY-LICENSES.txt"), licenses, 0o644);
