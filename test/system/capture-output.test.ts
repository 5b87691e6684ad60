import { mkdtempSync, readFileSync, rmSync, existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { bundle, type Program } from "../fixtures/bundle.ts";
import { isRunning, startSignalWorker, type SignalWorker } from "../support/signal-worker.ts";

let program: Program;
beforeAll(async () => {
  program = await bundle("signal-worker");
});
afterAll(() => program.remove());

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "awsmfa-capture-"));
});
afterEach(() => {
  for (const pid of existsSync(join(folder, "pids")) ? pids() : []) {
    if (isRunning(pid)) process.kill(pid, "SIGKILL");
  }
  rmSync(folder, { recursive: true, force: true });
});

function pids(): number[] {
  return readFileSync(join(folder, "pids"), "utf8").trim().split(" ").map(Number);
}

/** Runs a script of bash that writes the ids of its processes into `$pids`. */
function capture(script: string, mostSeconds?: number): SignalWorker {
  const args = ["-c", `pids='${folder}/pids'; ${script}`];
  return startSignalWorker(program, [
    "capture",
    JSON.stringify({ file: "/bin/bash", args, mostSeconds }),
  ]);
}

async function started(): Promise<void> {
  await expect
    .poll(() => existsSync(join(folder, "pids")) && pids().length, { timeout: 20_000 })
    .toBe(2);
}

const deaf = "trap '' TERM INT HUP";
const tell = `echo "$$ $!" >"$pids.new"; mv "$pids.new" "$pids"`;

/** Programs that have started another one. */
const programs: readonly [what: string, script: string][] = [
  ["one that ends", `sleep 987 & ${tell}; wait`],
  ["one that ends, with its child elsewhere", `sleep 987 >/dev/null & ${tell}; wait`],
  ["one that is deaf, as is its child", `${deaf}; sleep 987 & ${tell}; wait; sleep 987`],
  ["one that ends, but its child is deaf", `(${deaf}; exec sleep 987) & ${tell}; wait`],
  [
    "one that ends, but its child is deaf and elsewhere",
    `(${deaf}; exec sleep 987 >/dev/null) & ${tell}; wait`,
  ],
  [
    "one that is deaf, but its child is not",
    `sleep 987 & ${tell}; ${deaf}; while :; do sleep 0.1; done`,
  ],
  ["one that cleans up", `trap 'sleep 0.3; exit 5' TERM INT HUP; sleep 987 & ${tell}; wait`],
];

async function expectGone(): Promise<void> {
  await expect.poll(() => pids().filter(isRunning), { timeout: 400 }).toEqual([]);
}

describe("a program that takes too long", () => {
  it.each(programs)("%s", async (_what, script) => {
    const worker = capture(script, 1);
    const { lines, status } = await worker.ended;
    expect({ lines, status }).toEqual({
      lines: [
        { kind: "failed", reason: "no answer within 1 s" },
        { seconds: expect.toSatisfy((s) => s >= 1 && s < 4) },
      ],
      status: 3,
    });
    await expectGone();
  });

  it.each<[what: string, script: string, mostSeconds: number | undefined, output: string]>([
    ["one that does not", "echo 123456", 5, "123456\n"],
    ["one that may", "sleep 0.5; echo 123456", undefined, "123456\n"],
    ["one that answers by and by", "echo 123; sleep 0.3; echo 456", 5, "123\n456\n"],
  ])("%s", async (_what, script, mostSeconds, output) => {
    const { lines } = await capture(script, mostSeconds).ended;
    expect(lines[0]).toEqual({ kind: "output", output });
  });

  it("one that prints without end", async () => {
    const { lines } = await capture(`sleep 987 & ${tell}; yes`, 20).ended;
    expect(lines[0]).toEqual({ kind: "failed", reason: "it prints without end" });
    await expectGone();
  });
});

describe.each<[NodeJS.Signals, typeof programs]>([
  ["SIGTERM", programs],
  ["SIGHUP", programs.slice(-3)],
])("%s takes it along:", (signal, some) => {
  it.each(some)("%s", async (_what, script) => {
    const worker = capture(script);
    await started();
    worker.signal(signal);
    expect(await worker.ended).toEqual({ status: signal, lines: [] });
    await expectGone();
  });
});

describe("SIGINT that reached us alone takes it along:", () => {
  it.each(programs)("%s", async (_what, script) => {
    const worker = capture(script);
    await started();
    worker.signal("SIGINT");
    const { lines, status } = await worker.ended;
    expect({ lines: lines[0], status }).toEqual({ lines: { thrown: "Interrupted" }, status: 3 });
    await expectGone();
  });

  it("at once, by a second one", async () => {
    const worker = capture(`${deaf}; sleep 987 & ${tell}; wait`);
    await started();
    worker.signal("SIGINT");
    await new Promise((resolve) => setTimeout(resolve, 100));
    worker.signal("SIGINT");
    const { lines } = await worker.ended;
    expect(lines[0]).toEqual({ thrown: "Interrupted" });
    await expectGone();
  });
});
