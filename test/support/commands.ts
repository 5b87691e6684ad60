import { accessSync, constants, readFileSync, realpathSync, statSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { delimiter, join } from "node:path";

/** The built program. */
export const awsmfa = join(import.meta.dirname, "../../dist/awsmfa.cjs");

/** Every real AWS CLI on this machine, the first on `PATH` first; there must be one. */
export const awsCommands: readonly { path: string; version: string }[] = findAwsCommands();

/** A Python that has botocore: the AWS CLI v1's own, or the system's. */
export const python = findPython();

function findAwsCommands(): { path: string; version: string }[] {
  const found = new Map<string, string>();
  for (const candidate of onPath("aws")) {
    const path = behindShim(candidate, "aws");
    found.set(path, found.get(path) ?? versionOf(path));
  }
  if (found.size === 0) throw new Error("These tests need the AWS CLI: run ./scripts/test.");
  return [...found].map(([path, version]) => ({ path, version }));
}

/** The AWS CLI's own program for completion, which Debian keeps off `PATH`. */
export function awsCompleter(): string {
  for (const candidate of onPath("aws_completer")) return behindShim(candidate, "aws_completer");
  const debian = "/usr/libexec/aws_completer";
  if (isExecutable(debian)) return debian;
  throw new Error("These tests need the AWS CLI's aws_completer: run ./scripts/test.");
}

function versionOf(path: string): string {
  const output = execFileSync(path, ["--version"], { encoding: "utf8" });
  return /aws-cli\/(\S+)/.exec(output)?.[1] ?? output;
}

function findPython(): string {
  const candidates = [...onPath("python3")].map((path) => behindShim(path, "python3"));
  for (const candidate of candidates) {
    try {
      execFileSync(candidate, ["-c", "import botocore"], { stdio: "ignore" });
      return candidate;
    } catch {
      // Another one may have it.
    }
  }
  throw new Error("These tests need a Python with botocore: run ./scripts/test.");
}

function* onPath(name: string): Iterable<string> {
  const seen = new Set<string>();
  for (const folder of (process.env["PATH"] ?? "").split(delimiter)) {
    const path = join(folder, name);
    if (!isExecutable(path) || seen.has(realpathSync(path))) continue;
    seen.add(realpathSync(path));
    yield path;
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** A shim of pyenv needs pyenv's own variables, which the tests' environment has not. */
function behindShim(path: string, name: string): string {
  if (!/\bpyenv\b/.test(readFileSync(path, "latin1").slice(0, 400))) return path;
  return execFileSync("pyenv", ["which", name], { encoding: "utf8" }).trim();
}
