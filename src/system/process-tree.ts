import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { statFields } from "./proc-stat.ts";

/** What does not end when it is told to is killed after this time, in milliseconds. */
const patienceMs = 1000;

const pollMs = 20;

/** What is not stopped by then never will be: it is another user's, or waits for a disk. */
const stoppingMs = 200;

/**
 * Ends a process and all that it has started, with this signal or, where that is of no use, by force: a
 * shell that is ended alone leaves the command it runs behind. Nothing of it is left when this is done.
 */
export async function endTree(root: number, signal: NodeJS.Signals): Promise<void> {
  if (process.platform === "win32") {
    quietly(() =>
      execFileSync("taskkill", ["/pid", String(root), "/T", "/F"], { stdio: "ignore" }),
    );
    return;
  }
  const tree = stopTree([root]);
  signalAll(tree, signal);
  signalAll(tree, "SIGCONT");
  const end = performance.now() + patienceMs;
  while (tree.some(isAlive)) {
    if (performance.now() > end) {
      signalAll(stopTree(tree.filter(isAlive)), "SIGKILL");
      return;
    }
    await sleep(pollMs);
  }
}

/** Lists processes with all that they have started, having stopped them: else they could start more meanwhile. */
function stopTree(roots: readonly number[]): number[] {
  const told = new Set<number>();
  const end = performance.now() + stoppingMs;
  for (;;) {
    // One that was just starting another when it was told has to finish that first.
    const areStill = [...told].every(isStill) || performance.now() > end;
    const others = [...roots, ...descendants(roots)].filter((pid) => !told.has(pid));
    if (areStill && others.length === 0) return [...told];
    signalAll(others, "SIGSTOP");
    for (const pid of others) told.add(pid);
  }
}

/** Whether a process is stopped, or has ended; true where the system does not tell at little cost. */
function isStill(pid: number): boolean {
  if (process.platform !== "linux") return true;
  try {
    return /^[TtZX]/.test(statFields(String(pid))[0] ?? "");
  } catch {
    return true;
  }
}

function signalAll(pids: readonly number[], signal: NodeJS.Signals): void {
  for (const pid of pids) quietly(() => process.kill(pid, signal));
}

/** One that has ended, but is still listed since nobody has asked how, is not. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return process.platform !== "linux" || statFields(String(pid))[0] !== "Z";
  } catch {
    return false;
  }
}

function descendants(roots: readonly number[]): number[] {
  const pairs = process.platform === "linux" ? pairsFromProc() : pairsFromPs();
  const found = [...roots];
  // Grows while it is gone through.
  for (const parent of found) {
    for (const [pid, ppid] of pairs) if (ppid === parent) found.push(pid);
  }
  return found.slice(roots.length);
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
