import { execFileSync } from "node:child_process";
import { readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { variable, type Environment } from "../core/environment.ts";

/** Milliseconds after which a program that lists processes is given up. */
const patience = 5000;

/**
 * The program that started this one, by path or by name, as the system has it (`/usr/bin/fish`, `-zsh`,
 * `pwsh.exe`); undefined where the system does not tell. Never throws.
 */
export function parentProcess(
  env: Environment,
  platform: NodeJS.Platform = process.platform,
  pid = process.ppid,
): string | undefined {
  try {
    if (platform === "linux") return fromProc(pid);
    return platform === "win32" ? fromTasklist(env, pid) : fromPs(pid);
  } catch {
    return undefined;
  }
}

/** The executable first: the name is a script's own where the parent is one, and another's process has no link to read. */
function fromProc(pid: number): string {
  try {
    return readlinkSync(`/proc/${pid}/exe`);
  } catch {
    return readFileSync(`/proc/${pid}/comm`, "utf8");
  }
}

function fromPs(pid: number): string {
  return output("ps", ["-o", "comm=", "-p", String(pid)]);
}

/** By its full path: Windows would look in the current folder first. */
function fromTasklist(env: Environment, pid: number): string | undefined {
  const windows = variable(env, "SystemRoot") ?? String.raw`C:\Windows`;
  const tasklist = join(windows, "System32", "tasklist.exe");
  return imageName(output(tasklist, ["/FI", `PID eq ${pid}`, "/FO", "CSV", "/NH"]));
}

/** The first column of what tasklist prints; without such a process it prints a sentence. */
export function imageName(csv: string): string | undefined {
  return /^\s*"([^"]+)",/.exec(csv)?.[1];
}

function output(file: string, args: readonly string[]): string {
  return execFileSync(file, args, {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
    timeout: patience,
    windowsHide: true,
  });
}
