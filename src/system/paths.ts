import { readFileSync } from "node:fs";
import { homedir, userInfo } from "node:os";
import { join } from "node:path";
import { variable, type Environment } from "../core/environment.ts";

/** The user's home as Python's `expanduser` finds it for the AWS CLI; an empty `HOME` is the root. */
export function homeDirectory(env: Environment): string {
  if (process.platform === "win32") return variable(env, "USERPROFILE") ?? homedir();
  return (env["HOME"] ?? ownHome()).replace(/\/+$/, "") || "/";
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
  return expandPath(env, variable(env, name) ?? `~/.aws/${file}`);
}

/** `$VAR`, `${VAR}`, then `~` and `~user`, as Python's `expandvars` and `expanduser` do. */
export function expandPath(env: Environment, path: string): string {
  const expanded = expandVariables(env, path);
  const user = /^~([^/]*)/.exec(expanded)?.[1];
  if (user === undefined) return expanded;
  const home = user === "" ? homeDirectory(env) : homeOf(user);
  if (home === undefined) return expanded;
  return home.replace(/\/+$/, "") + expanded.slice(1 + user.length) || "/";
}

function expandVariables(env: Environment, path: string): string {
  return path.replace(/\$(?:(\w+)|\{([^}]*)\})/g, (whole, plain?: string, braced = "") => {
    const name = plain ?? braced;
    return (Object.hasOwn(env, name) ? env[name] : undefined) ?? whole;
  });
}

/** What the system says, since `homedir()` believes `HOME`. */
function ownHome(): string {
  try {
    return userInfo().homedir;
  } catch {
    return "";
  }
}

function homeOf(user: string): string | undefined {
  try {
    const lines = readFileSync("/etc/passwd", "utf8").split("\n");
    return lines.map((line) => line.split(":")).find(([name]) => name === user)?.[5];
  } catch {
    return undefined;
  }
}
