import { execFileSync } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";

/** The controlling terminal, opened apart from stdin, stdout and stderr. */
export interface Terminal {
  readonly input: number;
  readonly output: number;
  close(): void;
}

/** Opens the terminal; undefined where there is none, or where we are in the background of it. */
export function openTerminal(): Terminal | undefined {
  const windows = process.platform === "win32";
  if (!windows && !inForeground()) return undefined;
  try {
    const input = openSync(windows ? "\\\\.\\CONIN$" : "/dev/tty", windows ? "r+" : "r");
    try {
      const output = openSync(windows ? "\\\\.\\CONOUT$" : "/dev/tty", "w");
      return { input, output, close: () => [input, output].forEach(closeQuietly) };
    } catch (error) {
      closeQuietly(input);
      throw error;
    }
  } catch {
    return undefined;
  }
}

/** A background process that reads its terminal is stopped by it: better not to ask there. */
function inForeground(): boolean {
  try {
    const [group, foreground] = process.platform === "linux" ? groupsFromProc() : groupsFromPs();
    return group !== undefined && group === foreground;
  } catch {
    return true;
  }
}

/** `pgrp` and `tpgid` of proc(5), counted from behind the command's name, which may hold anything. */
function groupsFromProc(): (string | undefined)[] {
  const stat = readFileSync("/proc/self/stat", "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return [fields[2], fields[5]];
}

function groupsFromPs(): (string | undefined)[] {
  const output = execFileSync("ps", ["-o", "pgid=,tpgid=", "-p", String(process.pid)], {
    encoding: "utf8",
  });
  return output.trim().split(/\s+/);
}

function closeQuietly(fd: number): void {
  try {
    closeSync(fd);
  } catch {
    // The stream that read from it has closed it.
  }
}
