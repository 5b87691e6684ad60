import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { variable, type Environment } from "../core/environment.ts";

/** The user's home as Python's `expanduser` finds it for the AWS CLI. */
export function homeDirectory(env: Environment): string {
  const home = variable(env, process.platform === "win32" ? "USERPROFILE" : "HOME");
  return home ?? homedir();
}

/** Where the AWS CLI keeps its config file. */
export function configPath(env: Environment): string {
  return awsPath(env, "AWS_CONFIG_FILE", "config");
}

/** Where the AWS CLI keeps its credentials file. */
export function credentialsPath(env: Environment): string {
  return awsPath(env, "AWS_SHARED_CREDENTIALS_FILE", "credentials");
}

/** The session store, shared with the Ruby gem aws-mfa-secure. */
export function sessionStorePath(env: Environment): string {
  return join(homeDirectory(env), ".aws", "aws-mfa-secure-sessions");
}

function awsPath(env: Environment, name: string, file: string): string {
  const path = variable(env, name);
  return path === undefined ? join(homeDirectory(env), ".aws", file) : expandPath(env, path);
}

/** `$VAR`, `${VAR}`, then `~` and `~user`, as Python's `expandvars` and `expanduser` do. */
export function expandPath(env: Environment, path: string): string {
  const expanded = path.replace(
    /\$(?:(\w+)|\{([^}]*)\})/g,
    (whole, plain?: string, braced?: string) => {
      return env[plain ?? braced ?? ""] ?? whole;
    },
  );
  const user = /^~([^/]*)/.exec(expanded)?.[1];
  if (user === undefined) return expanded;
  const home = user === "" ? homeDirectory(env) : homeOf(user);
  return home === undefined ? expanded : home.replace(/\/+$/, "") + expanded.slice(1 + user.length);
}

function homeOf(user: string): string | undefined {
  try {
    const lines = readFileSync("/etc/passwd", "utf8").split("\n");
    return lines.map((line) => line.split(":")).find(([name]) => name === user)?.[5];
  } catch {
    return undefined;
  }
}
