import { describe, expect, it } from "vitest";
import { keys, temporaryHome } from "./simulated-files.ts";
import { failure, noCode, refused, simulate, type Happening } from "./simulated-world.ts";

const half = 12 * 3600;

describe("done once", () => {
  const dev = { profile: "dev", target: "dev-mfa" };
  const work = { profile: "dev", target: "work" };
  const nobody = { profile: "nobody", target: "nobody-mfa" };
  const own = { profile: "dev", target: "own" };
  const withOwn = `${keys}[own]\naws_access_key_id = AKIAOWN\naws_secret_access_key = s\n`;

  it.each<
    [
      what: string,
      orders: readonly (typeof dev)[],
      told: readonly string[],
      code: number,
      fails?: (attempt: number) => typeof noCode | undefined,
    ]
  >([
    ["one", [dev], ["0 due missing", "0 renewed"], 0],
    [
      "two",
      [dev, work],
      ["0 due missing", "0 renewed", "0 due [work] missing", "0 renewed [work]"],
      0,
    ],
    ["no code", [dev], ["0 due missing", "0 trouble NoCode"], 253, () => noCode],
    ["refused", [dev], ["0 due missing", "0 trouble AccessDenied"], 254, () => refused],
    [
      "AWS is not there",
      [dev],
      ["0 due missing", "0 trouble ENOTFOUND"],
      255,
      () => failure("unreachable", "ENOTFOUND", 255),
    ],
    [
      "the first of two fails",
      [dev, work],
      ["0 due missing", "0 trouble AccessDenied", "0 due [work] missing", "0 renewed [work]"],
      254,
      (attempt) => (attempt === 1 ? refused : undefined),
    ],
    [
      "both of two fail: the first says how",
      [dev, work],
      [
        "0 due missing",
        "0 trouble AccessDenied",
        "0 due [work] missing",
        "0 trouble [work] NoCode",
      ],
      254,
      (attempt) => (attempt === 1 ? refused : noCode),
    ],
    [
      "one of nobody",
      [nobody, dev],
      ["0 trouble [nobody-mfa] UnknownProfile", "0 due missing", "0 renewed"],
      253,
    ],
    [
      "one with long-term keys",
      [own, dev],
      ["0 trouble [own] LongTermKeys", "0 due missing", "0 renewed"],
      253,
    ],
  ])("%s", async (_what, orders, told, code, fails) => {
    const settings = { orders, once: true, until: half, ...(fails && { fails }) };
    const seen = await simulate(settings, temporaryHome(withOwn));
    expect(seen).toMatchObject({ told, code });
  });

  it("what is valid is left alone", async () => {
    const { text } = await simulate({ until: 1 });
    const seen = await simulate({ once: true, until: half }, temporaryHome(text));
    expect(seen).toMatchObject({ asked: [], told: ["0 valid"], code: 0, text });
  });

  it("called off, it begins no more", async () => {
    const happenings: Happening[] = [[30, "ended"]];
    const settings = { orders: [dev, work], once: true, happenings, takes: 60, until: half };
    expect(await simulate(settings)).toMatchObject({
      asked: [0],
      told: ["0 due missing"],
      code: 0,
    });
  });
});
