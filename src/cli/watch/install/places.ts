import { isAbsolute, join, resolve } from "node:path";
import type { Environment } from "../../../core/environment.ts";
import { homeDirectory } from "../../../system/paths.ts";

/** Where a user's systemd looks for a unit of the user's own (systemd.unit(5)). */
export function unitPath(env: Environment, name: string): string {
  const configured = env["XDG_CONFIG_HOME"] ?? "";
  const config = isAbsolute(configured) ? configured : join(home(env), ".config");
  return join(config, "systemd/user", name);
}

/** Where launchd looks for an agent of the user's own (launchd(8)). */
export function agentPath(env: Environment, label: string): string {
  return join(home(env), "Library/LaunchAgents", `${label}.plist`);
}

/** Where launchd puts what an agent prints; macOS makes the folder with the home. */
export function logPath(env: Environment, label: string): string {
  return join(home(env), "Library/Logs", `${label}.log`);
}

function home(env: Environment): string {
  return resolve(homeDirectory(env));
}
