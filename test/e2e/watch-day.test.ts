import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { bundle } from "../fixtures/bundle.ts";
import type { Gap, Measure } from "../fixtures/watch-worker.ts";
import { awsmfa } from "../support/commands.ts";
import { run } from "../support/run.ts";
import { startWatchHome, type WatchHome } from "./watch-home.ts";

interface Happened {
  readonly event: string;
  readonly time: string;
  readonly code?: string;
}

/** From when to when, in hours since the start. */
type Hours = readonly [from: number, to: number];

/** First nobody answers, later a network that wants a login answers for AWS. */
const trouble = { noCode: [9, 11], noSts: [13, 15] } as const;

/** Until when that shows: with the longest wait between two attempts. */
const shown: readonly Hours[] = [
  [trouble.noCode[0], trouble.noCode[1] + 0.25],
  [trouble.noSts[0], trouble.noSts[1] + 0.05],
];

const mostKB = 60 * 1024;

/** What V8's own housekeeping makes of it, from one hour to the next. */
const noiseKB = 2 * 1024;

/** How many sessions of half an hour an hour takes: each is renewed five minutes before its end. */
const anHour = 60 / 25;

describe("a day of renewals every 25 minutes", () => {
  let measures: readonly Measure[];
  let gaps: readonly Gap[];
  let events: readonly Happened[];

  beforeAll(async () => {
    await using home = await startWatchHome();
    const lines = await live(home, 24);
    measures = lines.filter((line) => "kB" in line);
    gaps = lines.filter((line) => "gapAtHour" in line);
    events = lines.filter((line) => "event" in line);
  }, 300_000);

  test("takes as many as there are without trouble", () => {
    const renewed = events.filter(({ event }) => event === "renewed");
    expect(renewed.length).toBeGreaterThanOrEqual(20 * anHour - 3);
    expect(renewed.length).toBeLessThanOrEqual(20 * anHour + 3);
  });

  test("holds a session at every moment but in trouble", () => {
    expect(gaps.length).toBeGreaterThan(0);
    expect(gaps.filter(({ gapAtHour }) => !isWithin(gapAtHour, shown))).toEqual([]);
  });

  test("tells of trouble in those hours alone", () => {
    const told = events.filter(({ event }) => event === "trouble");
    expect(new Set(told.map(({ code }) => code))).toEqual(new Set(["NoCode", "UnexpectedAnswer"]));
    expect(told.filter((event) => !isWithin(hourOf(event), shown))).toEqual([]);
  });

  test("stays under 60 MB", () => {
    expect(measures.length).toBeGreaterThanOrEqual(24 * 6 - 1);
    expect(Math.max(...measures.map((measure) => measure.mostKB))).toBeLessThan(mostKB);
  });

  test("uses no more memory in the end than when it is under way", () => {
    const during = (...hours: Hours): number =>
      median(measures.filter(({ hour }) => isWithin(hour, [hours])).map(({ kB }) => kB));
    expect(during(20, 24) - during(4, 8)).toBeLessThan(noiseKB);
  });

  test("opens no more files", () => {
    expect(new Set(measures.map(({ files }) => files)).size).toBe(1);
  });

  function hourOf({ time }: Happened): number {
    return (Date.parse(time) - Date.parse(events[0]?.time ?? "")) / 3_600_000;
  }
});

test("the program as it is built stays under 60 MB, too", async () => {
  await using home = await startWatchHome();
  const watcher = home.watch(["--profile", "dev"]);
  await watcher.until("is renewed");
  for (let renewal = 1; renewal <= 10; renewal++) {
    watcher.signal("SIGUSR1");
    await watcher.until("is renewed");
  }
  const status = readFileSync(`/proc/${watcher.pid}/status`, "utf8");
  expect(Number(/^VmHWM:\s*(\d+) kB$/m.exec(status)?.[1])).toBeLessThan(mostKB);
  expect(home.prompts()).toHaveLength(11);
});

/** What a watcher prints that lives so many hours. */
async function live(home: WatchHome, hours: number): Promise<(Measure | Gap | Happened)[]> {
  const clock = home.write("clock", "0");
  const aheadMs = (): number => Number(readFileSync(clock, "utf8"));
  const isDuring = (time: Hours): boolean => isWithin(aheadMs() / 3_600_000, [time]);
  const rightCode = home.answer;
  home.answer = () => (isDuring(trouble.noCode) ? "fail" : rightCode());
  // None that is worth a second attempt at once: that would cost the test a second.
  const login = { kind: "status", status: 403, body: "<html>Sign in first</html>" } as const;
  Object.defineProperties(home.sandbox.trouble, {
    clockOffsetMs: { get: aheadMs },
    next: { value: () => (isDuring(trouble.noSts) ? login : undefined) },
  });
  const worker = await bundle("watch-worker");
  const later = join(import.meta.dirname, "../fixtures/clock-ahead.cjs");
  const more = { TZ: "UTC", CLOCK_FILE: clock, RENEWAL_OPTIONS: `--require=${later}` };
  const env = { ...home.env, ...worker.env, ...more };
  const args = [worker.file, JSON.stringify({ program: awsmfa, clock, hours })];
  const { code, stdout, stderr } = await run(process.execPath, args, { env });
  worker.remove();
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Measure | Gap | Happened);
}

function isWithin(hour: number, spans: readonly Hours[]): boolean {
  return spans.some(([from, to]) => hour >= from && hour < to);
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? NaN;
}
