import { join } from "node:path";

/** Where the locks lie: outside the session store, which the Ruby gem's `clean` deletes. */
export async function lockFolder(): Promise<string> {
  // env-paths reads the environment as it is imported.
  const { default: envPaths } = await import("env-paths");
  return join(envPaths("awsmfa", { suffix: "" }).cache, "locks");
}
