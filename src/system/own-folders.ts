import { isAbsolute, join } from "node:path";
import type { Environment } from "../core/environment.ts";
import { homeDirectory } from "./paths.ts";

/** Where the locks lie: outside the session store, which the Ruby gem's `clean` deletes. */
export async function lockFolder(env: Environment): Promise<string> {
  // env-paths reads the environment as it is imported.
  const { default: envPaths } = await import("env-paths");
  const { cache } = envPaths("awsmfa", { suffix: "" });
  // With an empty HOME or a relative XDG_CACHE_HOME every folder would have locks of its own.
  const folder = isAbsolute(cache) ? cache : join(homeDirectory(env), ".cache", "awsmfa");
  return join(folder, "locks");
}
