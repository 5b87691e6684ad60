import { accessSync, constants, statSync } from "node:fs";
import { delimiter, isAbsolute, sep } from "node:path";
import { variable, type Environment } from "../core/environment.ts";

/** What a search of `PATH` found. */
export type Executable =
  | { kind: "found"; path: string }
  /** A file of that name that may not be executed. */
  | { kind: "not-executable"; path: string }
  | { kind: "missing" };

/**
 * The first executable of that name on `PATH` that `accept` takes. A name with a separator is a path
 * itself. As shells do, an entry that is empty means the current folder, and a file that cannot be
 * executed is passed over while there may be another.
 */
export function findExecutable(
  name: string,
  env: Environment,
  accept: (path: string) => boolean = () => true,
): Executable {
  let refused: string | undefined;
  for (const path of candidates(name, env)) {
    const state = fileState(path);
    if (state === "executable" && accept(path)) return { kind: "found", path };
    if (state === "not-executable") refused ??= path;
  }
  return refused === undefined ? { kind: "missing" } : { kind: "not-executable", path: refused };
}

/** Where shells look when `PATH` is not set at all. */
const defaultPath = "/usr/local/bin:/usr/bin:/bin";

function candidates(name: string, env: Environment): string[] {
  const windows = process.platform === "win32";
  const extensions = windows ? (variable(env, "PATHEXT") ?? ".EXE;.CMD;.BAT").split(";") : [""];
  if (isAbsolute(name) || name.includes(sep)) return [name];
  const path = env["PATH"] ?? env["Path"] ?? defaultPath;
  // Put together as they are: a name without a separator would be looked for on PATH once more, and
  // `link/..` is not what it looks like.
  return path
    .split(delimiter)
    .flatMap((folder) =>
      extensions.map((extension) => `${folder || "."}${sep}${name}${extension}`),
    );
}

function fileState(path: string): "executable" | "not-executable" | "absent" {
  try {
    if (!statSync(path).isFile()) return "absent";
  } catch {
    return "absent";
  }
  try {
    accessSync(path, constants.X_OK);
    return "executable";
  } catch {
    return "not-executable";
  }
}
