import { mkdtempSync, readFileSync, rmSync, existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { bundle, type Program } from "../fixtures/bundle.ts";
import { isRunning, startSignalWorker, type SignalWorker } from "../support/start-signal-worker.ts";

// Most of them wait for a second: they do so side by side.
vi.setConfig({ maxConcurrency: 8 });

let program: Program;
beforeAll(async () => {
  program = await bundle("signal-worker");
});
afterAll(() => program.remove());

/** A worker that runs a script of bash, which writes the ids of its processes into `$pids`. */
interface Capture extends Disposable {
  readonly worker: SignalWorker;
  /** Waits until its processes are there. */
  started(): Promise<void>;
  /** Waits until they are gone, which takes no more than a moment. */
  expectGone(): Promise<void>;
}

function capture(script: string, mostSeconds?: number): Capture {
  const folder = mkdtempSync(join(tmpdir(), "awsmfa-capture-"));
  const file = join(folder, "pids");
  const args = ["-c", `pids='${file}'; ${script}`];
  const task = JSON.stringify({ file: "/bin/bash", args, mostSeconds });
  const running = (): number[] =>
    readFileSync(file, "utf8").trim().split(" ").map(Number).filter(isRunning);
  return {
    worker: startSignalWorker(program, ["capture", task]),
    started: () => vi.waitFor(() => expect(running()).toHaveLength(2), 20_000),
    expectGone: () => vi.waitFor(() => expect(running()).toEqual([]), 1000),
    [Symbol.dispose]() {
      for (const pid of existsSync(file) ? running() : []) process.kill(pid, "SIGKILL");
      rmSync(folder, { recursive: true, force: true });
    },
  };
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

describe.concurrent("a program that takes too long", () => {
  it.each(programs)("%s", async (_what, script) => {
    using own = capture(script, 1);
    const { lines, status } = await own.worker.ended;
    expect({ lines, status }).toEqual({
      lines: [
        { kind: "failed", reason: "no answer within 1 s" },
        { seconds: expect.toSatisfy((s) => s >= 1 && s < 4) },
      ],
      status: 3,
    });
    await own.expectGone();
  });

  it.each<[what: string, script: string, mostSeconds: number | undefined, output: string]>([
    ["one that does not", "echo 123456", 5, "123456\n"],
    ["one that may", "sleep 0.5; echo 123456", undefined, "123456\n"],
    ["one that answers by and by", "echo 123; sleep 0.3; echo 456", 5, "123\n456\n"],
  ])("%s", async (_what, script, mostSeconds, output) => {
    using own = capture(script, mostSeconds);
    const { lines } = await own.worker.ended;
    expect(lines[0]).toEqual({ kind: "output", output });
  });

  it("one that prints without end", async () => {
    using own = capture(`sleep 987 & ${tell}; yes`, 20);
    const { lines } = await own.worker.ended;
    expect(lines[0]).toEqual({ kind: "failed", reason: "it prints without end" });
    await own.expectGone();
  });
});

describe.concurrent.each<[NodeJS.Signals, typeof programs]>([
  ["SIGTERM", programs],
  ["SIGHUP", programs.slice(-3)],
])("%s takes it along:", (signal, some) => {
  it.each(some)("%s", async (_what, script) => {
    using own = capture(script);
    await own.started();
    own.worker.signal(signal);
    expect(await own.worker.ended).toEqual({ status: signal, lines: [] });
    await own.expectGone();
  });
});

describe.concurrent("SIGINT that reached us alone takes it along:", () => {
  it.each(programs)("%s", async (_what, script) => {
    using own = capture(script);
    await own.started();
    own.worker.signal("SIGINT");
    const { lines, status } = await own.worker.ended;
    expect({ lines: lines[0], status }).toEqual({ lines: { thrown: "Interrupted" }, status: 3 });
    await own.expectGone();
  });

  it("at once, by a second one", async () => {
    using own = capture(`${deaf}; sleep 987 & ${tell}; wait`);
    await own.started();
    own.worker.signal("SIGINT");
    await new Promise((resolve) => setTimeout(resolve, 100));
    own.worker.signal("SIGINT");
    const { lines } = await own.worker.ended;
    expect(lines[0]).toEqual({ thrown: "Interrupted" });
    await own.expectGone();
  });
});
