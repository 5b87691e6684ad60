import { dirname } from "node:path";
import { describe, expect, it } from "vitest";
import { edit, temporaryHome, withSection } from "./simulated-files.ts";
import { noCode, refused, simulate, timeAt, type Happening } from "./simulated-world.ts";
import { storeSession } from "./store-session.ts";

const hour = 3600;
const half = 12 * hour;
const first = half - 300;

describe("what is told", () => {
  it.each<[what: string, happenings: readonly Happening[], told: readonly string[]]>([
    ["nothing happens", [], []],
    ["the files are looked at", [[1000, "looked"]], []],
    [
      "the region of the section is edited by hand",
      [
        [
          1000,
          (path) => edit(path, (text) => text.replace("[dev-mfa]\n", "[dev-mfa]\nregion = x\n")),
        ],
      ],
      [],
    ],
    ["the file is replaced by itself", [[1000, (path) => edit(path, (text) => text)]], []],
    [
      "the keys' profile gets a region",
      [[1000, (path) => edit(path, (text) => text.replace("[dev]\n", "[dev]\nregion = x\n"))]],
      [],
    ],
    ["others write another section", [[1000, { written: hour, into: "x" }]], []],
    ["others write this one", [[1000, { written: half }]], ["1000 valid"]],
    [
      "others write it twice",
      [
        [1000, { written: half }],
        [2000, { written: half }],
      ],
      ["1000 valid", "2000 valid"],
    ],
    [
      "others write what is almost over",
      [[1000, { written: 300 }]],
      ["1000 due expired", "1000 renewed"],
    ],
    [
      "others take the section away",
      [[1000, (path) => edit(path, (text) => text.replace(/\[dev-mfa\][^[]*/, ""))]],
      ["1000 due missing", "1000 renewed"],
    ],
    [
      "others take its token away",
      [[1000, (path) => edit(path, (text) => text.replace(/aws_session_token.*\n/, ""))]],
      ["1000 due incomplete", "1000 renewed"],
    ],
    ["asked for", [[1000, "asked"]], ["1000 due forced", "1000 renewed"]],
  ])("%s: %j", async (_what, happenings, told) => {
    const seen = await simulate({ happenings, until: 5000 });
    // A change is noticed within ten seconds.
    const rough = seen.told.map((line) => line.replace(/^(\d00)\d /, "$10 "));
    expect(rough).toEqual(["0 due missing", "0 renewed", ...told]);
  });

  it("the region is edited by hand while the clock is wrong by a day: it is no other session", async () => {
    const region = (path: string): void =>
      edit(path, (text) => text.replace("[dev-mfa]\n", "[dev-mfa]\nregion = x\n"));
    for (const ahead of [24 * hour, -24 * hour]) {
      const seen = await simulate({ ahead, happenings: [[1000, region]], until: first + 1 });
      expect(seen.asked).toEqual([0, first]);
    }
  });

  it("a section that holds what is wanted at the start", async () => {
    const { text } = await simulate({ until: 1 });
    const seen = await simulate({ until: first + 1 }, temporaryHome(text));
    expect(seen.told).toEqual(["0 valid", `${first} due expired`, `${first} renewed`]);
  });

  it("others overwrite a new session at once: what stands there counts", async () => {
    const afterwards = (path: string): void =>
      edit(path, (text) => withSection(text, "dev-mfa", "ASIAOTHER", timeAt(hour)));
    const seen = await simulate({ afterwards, until: hour - 299 });
    expect(seen.told.slice(0, 4)).toEqual([
      "0 due missing",
      "0 renewed",
      "10 valid",
      `${hour - 300} due expired`,
    ]);
  });

  it("another device: what is known to be of the old one is renewed, and else nothing is", async () => {
    const change = (path: string): void =>
      edit(path, (text) => text.replace("mfa/phone", "mfa/tablet"));
    const known = (path: string): void =>
      storeSession(dirname(dirname(path)), "ASIA1", timeAt(500), timeAt(half));
    for (const [happenings, told] of [
      [[[1000, change]], []],
      [
        [
          [500, known],
          [1000, change],
        ],
        ["1000 due another-user", "1000 renewed"],
      ],
    ] as [Happening[], string[]][]) {
      const seen = await simulate({ happenings, until: 2000 });
      expect(seen.told.slice(2)).toEqual(told);
    }
  });

  it("when it ends, and when it is renewed", async () => {
    const { events } = await simulate({ until: 1 });
    expect(events[1]).toEqual({
      kind: "renewed",
      target: "dev-mfa",
      expiration: timeAt(half),
      renewal: timeAt(first),
    });
  });
});

describe("somebody who calls", () => {
  it.each<
    [
      what: string,
      happenings: readonly Happening[],
      asked: readonly number[],
      since: readonly (number | undefined)[],
      more?: { takes?: number; fails?: (attempt: number) => typeof noCode | undefined },
    ]
  >([
    ["gets a new session", [[1000, "asked"]], [0, 1000], [undefined, 1000]],
    ["during a renewal has been heard", [[30, "asked"]], [0], [undefined], { takes: 60 }],
    ["at its very end, too", [[60, "asked"]], [0], [undefined], { takes: 60 }],
    ["right after it has not", [[61, "asked"]], [0, 61], [undefined, 61], { takes: 60 }],
    [
      "twice during one that somebody has called for",
      [
        [1000, "asked"],
        [1010, "asked"],
        [1020, "asked"],
      ],
      [0, 1000],
      [undefined, 1000],
      { takes: 30 },
    ],
    [
      "while the next attempt is waited for does not wait",
      [[500, "asked"]],
      [0, 15, 45, 105, 225, 465, 500],
      [...Array<undefined>(6), 500],
      { fails: (attempt) => (attempt > 6 ? undefined : noCode) },
    ],
    [
      "and whatever has been refused",
      [[10, "asked"]],
      [0, 10],
      [undefined, 10],
      { fails: (attempt) => (attempt > 1 ? undefined : refused) },
    ],
    [
      "during a renewal that fails is asked at once",
      [[30, "asked"]],
      [0, 60],
      [undefined, 30],
      { takes: 60, fails: (attempt) => (attempt > 1 ? undefined : refused) },
    ],
    [
      "by a clock that is put back gets a new session, too",
      [
        [500, { ahead: -hour }],
        [1000, "asked"],
      ],
      [0, 1000],
      [undefined, 0],
    ],
    [
      "after the clock was put ahead",
      [
        [500, { ahead: hour }],
        [1000, "asked"],
      ],
      [0, 1000],
      [undefined, 1000 + hour],
    ],
  ])("%s", async (_what, happenings, asked, since, more) => {
    const seen = await simulate({ happenings, until: 1200, ...more });
    expect(seen.asked).toEqual(asked);
    expect(seen.renewals.map(({ anewSince }) => anewSince)).toEqual(
      since.map((at) => (at === undefined ? undefined : timeAt(at).toISOString())),
    );
  });

  it("in vain keeps what is there", async () => {
    const happenings: Happening[] = [[1000, "asked"]];
    const fails = (attempt: number) => (attempt === 2 ? noCode : undefined);
    const seen = await simulate({ happenings, fails, until: first + 1 });
    expect(seen.told).toEqual([
      "0 due missing",
      "0 renewed",
      "1000 due forced",
      "1000 trouble NoCode",
      `${first} due expired`,
      `${first} renewed`,
    ]);
    expect(seen.events[3]).toMatchObject({ retry: undefined });
  });

  it.each<[what: string, at: number, takes: number, told: readonly string[]]>([
    ["to end it during a renewal", 30, 60, ["0 due missing"]],
    ["to end it while it sleeps", 500, 0, ["0 due missing", "0 renewed"]],
  ])("%s", async (_what, at, takes, told) => {
    const seen = await simulate({ happenings: [[at, "ended"]], takes, until: half });
    expect(seen.told).toEqual(told);
  });
});
