import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bundle, type Program } from "../fixtures/bundle.ts";
import { startSignalWorker, type SignalWorker } from "../support/start-signal-worker.ts";

let program: Program;
beforeAll(async () => {
  program = await bundle("signal-worker");
});
afterAll(() => program.remove());

async function startBell(): Promise<SignalWorker> {
  const worker = startSignalWorker(program, ["bell"]);
  expect(await worker.line()).toBe("ready");
  return worker;
}

describe.concurrent("a bell", () => {
  it.each<[signals: readonly NodeJS.Signals[], rung: Record<string, unknown>]>([
    [["SIGUSR1"], { asked: 1, look: false }],
    [["SIGHUP"], { look: true }],
    [["SIGCONT"], { look: true }],
    [["SIGHUP", "SIGUSR1"], { asked: 1, look: true }],
  ])("%s: %j, once", async (signals, rung) => {
    const worker = await startBell();
    worker.signal(...signals);
    expect(await worker.line()).toEqual(rung);
    worker.signal("SIGTERM");
    expect((await worker.ended).lines).toEqual([
      { onEnd: true },
      { look: false, ended: "SIGTERM" },
      { again: true },
    ]);
  });

  // Signals that come within a tenth of a second.
  it.sequential(
    "that was rung while nobody slept rings still, with the time of the first",
    async () => {
      const worker = await startBell();
      worker.signal("SIGHUP");
      await new Promise((resolve) => setTimeout(resolve, 30));
      worker.signal("SIGUSR1");
      await new Promise((resolve) => setTimeout(resolve, 30));
      worker.signal("SIGUSR1");
      expect(await worker.line()).toEqual({ asked: 1, look: true });
      worker.signal("SIGUSR1");
      expect(await worker.line()).toEqual({ asked: 2, look: false });
      worker.signal("SIGINT");
      expect((await worker.ended).lines).toContainEqual({ look: false, ended: "SIGINT" });
    },
  );

  it.each<[first: NodeJS.Signals, second: NodeJS.Signals]>([
    ["SIGTERM", "SIGTERM"],
    ["SIGINT", "SIGTERM"],
    ["SIGTERM", "SIGINT"],
  ])("%s, then %s: somebody does not want to wait", async (first, second) => {
    const worker = await startBell();
    worker.signal(first);
    expect(await worker.line()).toEqual({ onEnd: true });
    worker.signal(second);
    expect((await worker.ended).lines).toEqual([
      { onEndAgain: second },
      { look: false, ended: first },
      { again: true },
    ]);
  });

  it("leaves other signals alone", async () => {
    const worker = await startBell();
    worker.signal("SIGUSR2");
    expect(await worker.line()).toEqual({ slept: "no more" });
    worker.signal("SIGTERM");
    expect((await worker.ended).lines).toHaveLength(3);
  });
});
