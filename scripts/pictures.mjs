// Makes the pictures of the README from real runs of the built program on a pseudo-terminal.
// Usage: scripts/pictures [folder], by default docs/
import { rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = resolve(process.argv[2] ?? join(root, "docs"));

// Beside the packages, so that Node finds them from there.
const program = join(root, `node_modules/.awsmfa-pictures-${process.pid}.mjs`);

try {
  await build({
    absWorkingDir: root,
    entryPoints: ["scripts/picture/draw-pictures.ts"],
    outfile: program,
    bundle: true,
    packages: "external",
    platform: "node",
    target: "node20",
    format: "esm",
    logLevel: "warning",
  });
  const { drawPictures } = await import(program);
  await drawPictures(join(root, "dist/awsmfa.cjs"), folder);
} finally {
  rmSync(program, { force: true });
}
