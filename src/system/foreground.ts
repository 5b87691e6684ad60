import { execFileSync } from "node:child_process";
import { statFields } from "./proc-stat.ts";

/** Whether this process is in the foreground of its terminal; true where the system does not tell. */
export function isInForeground(): boolean {
  try {
    const [group, foreground] = process.platform === "linux" ? groupsFromProc() : groupsFromPs();
    return group !== undefined && group === foreground;
  } catch {
    return true;
  }
}

function groupsFromProc(): (string | undefined)[] {
  const fields = statFields("self");
  return [fields[2], fields[5]];
}

function groupsFromPs(): (string | undefined)[] {
  const output = execFileSync("ps", ["-o", "pgid=,tpgid=", "-p", String(process.pid)], {
    encoding: "utf8",
  });
  return output.trim().split(/\s+/);
}
