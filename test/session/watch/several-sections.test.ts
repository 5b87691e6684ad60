import { describe, expect, it } from "vitest";
import { noCode, simulate, timeAt, type Happening } from "./simulated-world.ts";

const hour = 3600;
const half = 12 * hour;
const first = half - 300;

describe("several sections", () => {
  const dev = { profile: "dev", target: "dev-mfa" };
  const work = { profile: "dev", target: "work" };
  const nobody = { profile: "nobody", target: "nobody-mfa" };

  it("each is renewed", async () => {
    const seen = await simulate({ orders: [dev, work], until: first + 1 });
    expect(seen.told).toEqual([
      "0 due missing",
      "0 renewed",
      "0 due [work] missing",
      "0 renewed [work]",
      `${first} due expired`,
      `${first} renewed`,
      `${first} due [work] expired`,
      `${first} renewed [work]`,
    ]);
    expect(seen.text?.match(/^\[.*\]$/gm)).toEqual(["[dev]", "[dev-mfa]", "[work]"]);
  });

  it.each<[orders: readonly (typeof dev)[]]>([[[nobody, dev]], [[dev, nobody]]])(
    "one fails, the other goes on: %j",
    async (orders) => {
      const seen = await simulate({ orders, until: first + 1 });
      expect(seen.told.toSorted()).toEqual(
        [
          "0 due missing",
          "0 renewed",
          "0 trouble [nobody-mfa] UnknownProfile",
          `${first} due expired`,
          `${first} renewed`,
        ].toSorted(),
      );
    },
  );

  it("one whose prompts fail keeps its pace, and the other its peace", async () => {
    const fails = (_attempt: number, target: string) => (target === "work" ? noCode : undefined);
    const seen = await simulate({ orders: [dev, work], fails, until: 110 });
    expect(seen.told).toEqual([
      "0 due missing",
      "0 renewed",
      ...[0, 15, 45, 105].flatMap((at) => [
        `${at} due [work] missing`,
        `${at} trouble [work] NoCode`,
      ]),
    ]);
  });

  it("somebody who calls gets new sessions for all of them, that one prompt will do for", async () => {
    const seen = await simulate({
      orders: [dev, work],
      happenings: [[1000, "asked"]],
      until: 1100,
    });
    const called = timeAt(1000).toISOString();
    expect(seen.renewals.slice(2)).toEqual([
      { order: expect.objectContaining(dev) as object, anewSince: called },
      { order: expect.objectContaining(work) as object, anewSince: called },
    ]);
  });

  it("somebody who calls while the first of them is renewed is heard by both", async () => {
    const happenings: Happening[] = [[30, "asked"]];
    const seen = await simulate({ orders: [dev, work], happenings, takes: 60, until: 500 });
    expect(seen.asked).toEqual([0, 60]);
  });

  it("called off during the first, the second is left alone", async () => {
    const happenings: Happening[] = [[30, "ended"]];
    const seen = await simulate({ orders: [dev, work], happenings, takes: 60, until: half });
    expect(seen.told).toEqual(["0 due missing"]);
  });

  it("another process writes one of them", async () => {
    const happenings: Happening[] = [[1000, { written: 2 * hour, into: "work" }]];
    const seen = await simulate({ orders: [dev, work], happenings, until: 1000 + 2 * hour });
    expect(seen.told.slice(4)).toEqual([
      "1000 valid [work]",
      "7900 due [work] expired",
      "7900 renewed [work]",
    ]);
  });
});
