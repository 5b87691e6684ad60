import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Holder } from "../../src/system/lock-attempt.ts";
import { nameOfHolder } from "../../src/system/lock-holder.ts";
import { patience, type Patience } from "../../src/system/patience.ts";
import { processStart } from "../../src/system/process-start.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["performance"] }));
afterEach(() => void vi.useRealTimers());

const named: Holder = { pid: 1, started: undefined, terminal: undefined, givesWay: false };
const nameless: Holder = { ...named, pid: undefined };

describe("a process that waits", () => {
  test.each<[what: string, limits: Patience, holder: Holder, happens: string[]]>([
    ["says so once, and gives up", { silentMs: 10, timeoutMs: 30 }, named, ["11 say", "31 end"]],
    ["at once", { silentMs: 0, timeoutMs: 0 }, named, ["1 end"]],
    ["gives up before it says so", { silentMs: 30, timeoutMs: 20 }, named, ["21 end"]],
    ["never gives up", { silentMs: 20, timeoutMs: Infinity }, named, ["21 say"]],
    ["never says so", { silentMs: Infinity, timeoutMs: 20 }, named, ["21 end"]],
    ["for one without a name", { silentMs: 10, timeoutMs: 20 }, nameless, ["11 say", "21 end"]],
    [
      "for longer where a name should come",
      { silentMs: 10, namelessMs: 15, timeoutMs: 20 },
      nameless,
      ["16 say", "21 end"],
    ],
    [
      "for one that has its name",
      { silentMs: 10, namelessMs: 15, timeoutMs: 20 },
      named,
      ["11 say", "21 end"],
    ],
    [
      "for longest where that is longer than a name takes",
      { silentMs: 18, namelessMs: 15, timeoutMs: 20 },
      nameless,
      ["19 say", "21 end"],
    ],
  ])("%s", (_what, limits, holder, happens) => {
    const seen: string[] = [];
    let ms = 0;
    const goOn = patience(limits, {
      say: (of) => seen.push(`${ms} ${of === holder && "say"}`),
      giveUp: (of) => `${ms} ${of === holder && "end"}`,
    });
    while (ms++ < 50) {
      vi.advanceTimersByTime(1);
      const end = goOn(holder);
      if (end === undefined) continue;
      seen.push(end);
      break;
    }
    expect(seen).toEqual(happens);
  });
});

describe("what people know a holder by", () => {
  const ours = `another awsmfa (process ${process.pid})`;
  test.each<[what: string, holder: Holder, name: string]>([
    ["its process", { ...named, pid: process.pid }, ours],
    [
      "its process and start",
      { ...named, pid: process.pid, started: processStart(process.pid) ?? undefined },
      ours,
    ],
    ["a process that is over", { ...named, pid: 4_194_304_999, started: 1 }, "somebody"],
    ["nothing", nameless, "somebody"],
  ])("%s", (_what, holder, name) => {
    expect(nameOfHolder(holder, "somebody")).toBe(name);
  });
});
