import { describe, expect, it } from "vitest";
import { edit } from "./simulated-files.ts";
import { simulate, type Happening } from "./simulated-world.ts";

const hour = 3600;
const day = 24 * hour;

/** A session of twelve hours is renewed five minutes before its end. */
const first = 12 * hour - 300;

/** How much later than at the first moment it may be, in seconds: what it takes to look at the clocks. */
const late = 30;

/** The file cannot be read for a while. */
const unparsable: readonly Happening[] = [
  [1000, (path) => edit(path, (text) => `rubbish\n${text}`)],
  [1200, (path) => edit(path, (text) => text.replace("rubbish\n", ""))],
];

describe("when a session is renewed, in seconds since the start", () => {
  process.env["TZ"] = "Europe/Berlin";

  it.each<
    [
      what: string,
      renewals: readonly number[],
      happenings?: readonly Happening[],
      more?: { start?: string; ahead?: number; given?: number },
    ]
  >([
    ["in time", [0, first, 2 * first]],
    ["slept over it", [0, 53_600], [[3600, { suspended: 50_000 }]]],
    ["slept over its lead time alone", [0, 43_000], [[42_000, { suspended: 1000 }]]],
    ["slept for a while", [0, first, 2 * first], [[3600, { suspended: 7200 }]]],
    ["slept again and again", [0, first], [2, 5, 8].map((at) => [at * hour, { suspended: hour }])],
    ["clock put ahead", [0, first - hour], [[3600, { ahead: hour }]]],
    ["clock put behind", [0, first, 2 * first], [[3600, { ahead: -hour }]]],
    ["clock put behind by days", [0, first, 2 * first], [[3600, { ahead: -5 * day }]]],
    ["clock put two days ahead", [0, 3600, 3600 + first], [[3600, { ahead: 2 * day }]]],
    [
      "clock put ahead, and right again",
      [0, first],
      [
        [3600, { ahead: hour }],
        [7200, { ahead: 0 }],
      ],
    ],
    ["clock a day ahead from the start", [0, first, 2 * first], [], { ahead: day }],
    ["that put right", [0, first, 2 * first], [[3600, { ahead: 0 }]], { ahead: day }],
    ["clock a day behind from the start", [0, first, 2 * first], [], { ahead: -day }],
    ["that put right", [0, first, 2 * first], [[3600, { ahead: 0 }]], { ahead: -day }],
    [
      "slept with its clock set meanwhile",
      [0, 53_600],
      [
        [3600, { suspended: 50_000 }],
        [53_600, { ahead: -hour }],
      ],
    ],
    ["summer time begins", [0, first, 2 * first], [], { start: "2026-03-28T20:00:00Z" }],
    ["summer time ends", [0, first, 2 * first], [], { start: "2026-10-24T20:00:00Z" }],
    ["a year ends", [0, first, 2 * first], [], { start: "2026-12-31T18:00:00Z" }],
    ["a leap day", [0, first, 2 * first], [], { start: "2028-02-28T18:00:00Z" }],
    ["no leap day", [0, first, 2 * first], [], { start: "2100-02-28T18:00:00Z" }],
    ["32 bits of seconds end", [0, first, 2 * first], [], { start: "2038-01-19T00:00:00Z" }],
    ["written by others", [0, 40_000 + first], [[40_000, { written: 12 * hour }]]],
    ["written by others, for an hour", [0, 43_300], [[40_000, { written: hour }]]],
    [
      "written by others while it slept",
      [0, 70_000],
      [
        [60_000 - first, { suspended: first }],
        [60_000, { written: 10_300 }],
      ],
    ],
    ["AWS gives an hour", [0, 3300, 6600, 9900], [], { given: hour }],
    ["asked for", [0, 1000, 1000 + first], [[1000, "asked"]]],
    [
      "asked for twice",
      [0, 1000, 2000, 2000 + first],
      [
        [1000, "asked"],
        [2000, "asked"],
      ],
    ],
    [
      "asked for after the clock was put behind",
      [0, 1000, 1000 + first],
      [
        [500, { ahead: -hour }],
        [1000, "asked"],
      ],
    ],
    ["unparsable for a while", [0, first, 2 * first], unparsable],
    ["that with a clock a day ahead", [0, first, 2 * first], unparsable, { ahead: day }],
    ["that with a clock a day behind", [0, first, 2 * first], unparsable, { ahead: -day }],
    ["looked at", [0, first], [[1000, "looked"]]],
  ])("%s: %j", async (_what, renewals, happenings = [], more = {}) => {
    const near = renewals.map((time) => expect.toSatisfy((at) => at >= time && at <= time + late));
    // And not again soon.
    const until = renewals.at(-1)! + late + 3000;
    const { asked } = await simulate({ happenings, until, ...more });
    expect(asked).toEqual(near);
  });
});
