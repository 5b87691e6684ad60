import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import { bundle, type Program } from "../fixtures/bundle.ts";
import { startSignalWorker } from "../support/start-signal-worker.ts";

let program: Program;
beforeAll(async () => {
  program = await bundle("signal-worker");
});
afterAll(() => program.remove());

describe("a process that is guarded twice", () => {
  const guarded = { usr1: 1, quit: 1 };

  it.each<[signal: NodeJS.Signals, status: number]>([
    ["SIGUSR1", 138],
    ["SIGQUIT", 131],
  ])("dies of %s, without a debugger and without a dump", async (signal, status) => {
    const worker = startSignalWorker(program, ["guard"]);
    expect(await worker.line()).toEqual(guarded);
    worker.signal(signal);
    expect(await worker.ended).toEqual({ status, lines: [] });
  });

  test("but lives on where somebody listens", async () => {
    const worker = startSignalWorker(program, ["guard", "listen"]);
    expect(await worker.line()).toEqual(guarded);
    worker.signal("SIGUSR1");
    expect(await worker.line()).toBe("heard");
    worker.signal("SIGQUIT");
    expect(await worker.ended).toEqual({ status: 131, lines: [] });
  });
});
