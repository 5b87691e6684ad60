import { readdirSync, readFileSync } from "node:fs";

/** The command lines of all processes that have this home, whoever has started them. */
export function processesOf(home: string): string[] {
  return pids().flatMap((pid) => {
    try {
      const environment = readFileSync(`/proc/${pid}/environ`, "utf8").split("\0");
      if (!environment.includes(`HOME=${home}`)) return [];
      return [`${pid} ${readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ")}`];
    } catch {
      // It has ended meanwhile.
      return [];
    }
  });
}

function pids(): string[] {
  return readdirSync("/proc").filter((name) => /^\d+$/.test(name));
}
