import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runApart } from "../../src/system/run-apart.ts";
import { bundle } from "../fixtures/bundle.ts";
import { isRunning, startSignalWorker } from "../support/start-signal-worker.ts";

const { PATH = "" } = process.env;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "awsmfa-apart-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let programs = 0;

/** Runs a script of Node apart; gives what it has reported, and how it ended. */
function start(script: string, args: readonly string[] = []) {
  const program = join(folder, `program-${++programs}.cjs`);
  writeFileSync(program, script);
  const reports: unknown[] = [];
  const env = { PATH, OWN: "value" };
  const apart = runApart({ program, args, env, onReport: (report) => reports.push(report) });
  return { apart, reports };
}

describe("a process apart", () => {
  it.each<[what: string, script: string, status: string | undefined, reports: readonly unknown[]]>([
    ["ends", "process.send(1, () => process.disconnect())", undefined, [1]],
    ["says nothing", "process.disconnect()", undefined, []],
    [
      "reports much at its very end",
      "for (let i = 0; i < 499; i++) process.send(i); process.send(499, () => process.disconnect())",
      undefined,
      Array.from({ length: 500 }, (_, i) => i),
    ],
    [
      "lets go, and works on",
      "process.send(1, () => { process.disconnect(); setTimeout(() => process.exit(4), 200); })",
      "exit status 4",
      [1],
    ],
    ["ends while it reports", "process.send(1, () => process.exit(7))", "exit status 7", [1]],
    ["is killed", "process.send(1, () => process.kill(process.pid, 'SIGKILL'))", "SIGKILL", [1]],
    [
      "throws",
      "console.error = () => {}; process.on('uncaughtException', () => process.exit(255)); throw 1",
      "exit status 255",
      [],
    ],
  ])("that %s", async (_what, script, status, expected) => {
    const { apart, reports } = start(script);
    expect(await apart.ended).toBe(status);
    expect(reports).toEqual(expected);
  });

  it("is there no longer: nothing is ended", async () => {
    const { apart } = start("process.kill(process.pid, 'SIGKILL')");
    await apart.ended;
    const before = performance.now();
    await apart.end();
    expect(performance.now() - before).toBeLessThan(500);
  });

  it("gets its arguments, its environment alone, and neither stdin nor stdout", async () => {
    const script = `
      const fs = require("node:fs");
      const { PATH, NODE_CHANNEL_FD, NODE_CHANNEL_SERIALIZATION_MODE, ...env } = process.env;
      const [stdin, stdout] = [0, 1].map((fd) => fs.readlinkSync("/proc/self/fd/" + fd));
      process.send({ args: process.argv.slice(2), env, stdin, stdout }, () => process.disconnect());`;
    const { apart, reports } = start(script, ["one", "two words"]);
    await apart.ended;
    const nowhere = "/dev/null";
    expect(reports).toEqual([
      { args: ["one", "two words"], env: { OWN: "value" }, stdin: nowhere, stdout: nowhere },
    ]);
  });

  it.each<[what: string, deaf: string]>([
    ["hears", ""],
    ["is deaf", "trap '' TERM; "],
  ])("is ended with all that it has started, which %s", async (_what, deaf) => {
    const pids = join(folder, `pids-${programs}`);
    const script = `
      require("node:child_process").spawn("/bin/bash", ["-c",
        ${JSON.stringify(`${deaf}sleep 987 >/dev/null & echo "$$ $!" >'${pids}.new'; mv '${pids}.new' '${pids}'; wait; sleep 987`)}]);
      setInterval(() => undefined, 1000);`;
    const { apart } = start(script);
    await expect.poll(() => existsSync(pids), { timeout: 20_000 }).toBe(true);
    await apart.end();
    expect(await apart.ended).toBe("SIGTERM");
    const running = readFileSync(pids, "utf8").split(" ").map(Number).filter(isRunning);
    await expect.poll(() => running.filter(isRunning), { timeout: 400 }).toEqual([]);
  });

  it.each(["unknown", "known"])(
    "is started where the folder of this one is gone: %s",
    async (how) => {
      const worker = await bundle("signal-worker");
      const program = join(folder, "cwd.cjs");
      writeFileSync(program, "process.send(process.cwd(), () => process.disconnect())");
      const cwd = mkdtempSync(join(folder, "gone-"));
      const { lines } = await startSignalWorker(worker, ["apart", program, cwd, how], cwd).ended;
      worker.remove();
      expect(lines).toEqual([{ once: "/" }, { ended: null }, { again: "/" }, { ended: null }]);
    },
  );

  it("that cannot be started: an update has taken this very Node away", async () => {
    const { execPath } = process;
    process.execPath = join(folder, "no-node");
    const { apart } = start("");
    process.execPath = execPath;
    expect(await apart.ended).toBe("ENOENT");
    await apart.end();
  });
});
