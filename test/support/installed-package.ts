import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

const root = join(import.meta.dirname, "../..");
const execFileAsync = promisify(execFile);

/** A project of somebody who has installed the package. */
export interface Project {
  readonly folder: string;
  /** The packed package. */
  readonly tarball: string;
  /** Writes a file below the project. */
  write(path: string, text: string): string;
  [Symbol.dispose](): void;
}

/** Packs what is built, and installs it into a project that has the AWS SDK, too. */
export async function projectWithPackage(): Promise<Project> {
  const folder = mkdtempSync(join(tmpdir(), "awsmfa-project-"));
  const write: Project["write"] = (path, text) => {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  };
  const env = withoutOwnNpm();
  const pack = ["pack", "--ignore-scripts", "--json", "--pack-destination", folder];
  const { stdout } = await execFileAsync("npm", pack, { cwd: root, env });
  const [{ filename }] = JSON.parse(stdout) as [{ filename: string }];
  const tarball = join(folder, filename);
  write("package.json", JSON.stringify({ private: true }));
  await execFileAsync("npm", ["install", "--prefer-offline", tarball], { cwd: folder, env });
  // Not from the registry: they are big, and known to be there.
  for (const scope of ["@aws-sdk", "@smithy", "@types"]) {
    symlinkSync(join(root, "node_modules", scope), join(folder, "node_modules", scope));
  }
  return {
    folder,
    tarball,
    write,
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Without what the npm that runs the tests tells its children. */
function withoutOwnNpm(): Record<string, string | undefined> {
  const own = Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name));
  return { ...Object.fromEntries(own), NPM_CONFIG_LOGLEVEL: "error" };
}
