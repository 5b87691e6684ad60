import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { endTree } from "../../src/system/process-tree.ts";

/** How many processes have this in their environment: each test has a mark of its own. */
function countOf(mark: string): number {
  const isMarked = (pid: string): boolean => {
    try {
      return readFileSync(`/proc/${pid}/environ`, "utf8").includes(mark);
    } catch {
      return false;
    }
  };
  return readdirSync("/proc").filter((name) => /^\d+$/.test(name) && isMarked(name)).length;
}

// What it starts while it is being listed is found, too.
test.skipIf(process.platform !== "linux").each([
  ["ends when it is told to", "for i in {1..300}; do sleep 987 & done; wait"],
  ["does not", "trap '' TERM; for i in {1..300}; do sleep 987 & done; wait"],
  ["starts more of it instead", "trap 'sleep 987 & sleep 987' TERM; sleep 987 & wait"],
])("nothing is left of a program that %s", async (what, script) => {
  const mark = `${process.pid} ${what}`;
  const child = spawn("/bin/bash", ["--norc", "-c", `echo; ${script}`], {
    env: { PATH: "/usr/bin:/bin", TREE_OF: mark },
    stdio: ["ignore", "pipe", "ignore"],
  });
  const ended = once(child, "exit");
  await once(child.stdout, "data");
  await endTree(child.pid!, "SIGTERM");
  await ended;
  // What is killed may take a moment to be gone.
  await expect.poll(() => countOf(mark), { timeout: 5000 }).toBe(0);
});
