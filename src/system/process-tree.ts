import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { statFields } from "./proc-stat.ts";

/**
 * Sends a signal to a process and to all that it has started: a shell that is ended alone leaves the
 * command it runs behind.
 */
export function signalTree(root: number, signal: NodeJS.Signals): void {
  if (process.platform === "win32") {
    quietly(() =>
      execFileSync("taskkill", ["/pid", String(root), "/T", "/F"], { stdio: "ignore" }),
    );
    return;
  }
  for (const pid of [root, ...descendants(root)]) quietly(() => process.kill(pid, signal));
}

function descendants(root: number): number[] {
  const pairs = process.platform === "linux" ? pairsFromProc() : pairsFromPs();
  const found = [root];
  // Grows while it is gone through.
  for (const parent of found) {
    for (const [pid, ppid] of pairs) if (ppid === parent) found.push(pid);
  }
  return found.slice(1);
}

type ProcessPair = readonly [pid: number, parent: number];

/** Not by `ps`, which small containers lack. */
function pairsFromProc(): ProcessPair[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name): ProcessPair[] => {
      try {
        return [[Number(name), Number(statFields(name)[1])]];
      } catch {
        // It has ended meanwhile.
        return [];
      }
    });
}

function pairsFromPs(): ProcessPair[] {
  try {
    const lines = execFileSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" });
    return lines.split("\n").map((line) => {
      const [pid, parent] = line.trim().split(/\s+/).map(Number);
      return [pid ?? 0, parent ?? 0];
    });
  } catch {
    return [];
  }
}

function quietly(act: () => void): void {
  try {
    act();
  } catch {
    // It has ended by itself.
  }
}
