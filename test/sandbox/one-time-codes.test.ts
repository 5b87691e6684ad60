import { TOTP } from "otpauth";
import { describe, expect, it } from "vitest";
import { OneTimeCodes, secondsLeft } from "../../src/sandbox/one-time-codes.ts";

const DEVICE = { serial: "GAHT12345678", secret: "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ" };
const STEP = 30_000;

function device() {
  const clock = { now: 1_800_000_000_000 };
  return { clock, codes: new OneTimeCodes(DEVICE, () => clock.now) };
}

describe("codes are those of RFC 6238", () => {
  // Appendix B of the RFC, the last six of its eight digits.
  it.each([
    [59, "287082"],
    [1_111_111_109, "081804"],
    [1_111_111_111, "050471"],
    [1_234_567_890, "005924"],
    [2_000_000_000, "279037"],
    [20_000_000_000, "353130"],
  ])("%s seconds after 1970: %s", (seconds, code) => {
    expect(new OneTimeCodes(DEVICE, () => seconds * 1000).current()).toBe(code);
  });
});

describe("the window", () => {
  it.each([
    [-2, false],
    [-1, true],
    [0, true],
    [1, true],
    [2, false],
  ])("a code %s steps off is accepted: %s", (steps, accepted) => {
    const { clock, codes } = device();
    const timestamp = clock.now + steps * STEP;
    const code = TOTP.generate({ secret: new TOTP({ secret: DEVICE.secret }).secret, timestamp });
    expect(codes.accept(code)).toBe(accepted);
    expect(codes.accept(code)).toBe(false);
  });
});

describe("fresh codes", () => {
  it("never end, and each is accepted once", () => {
    const { codes } = device();
    for (let i = 0; i < 50; i += 1) {
      const code = codes.fresh();
      expect(codes.accept(code)).toBe(true);
      expect(codes.accept(code)).toBe(false);
    }
  });

  it("stay the same until they are used", () => {
    const { codes } = device();
    expect(codes.fresh()).toBe(codes.fresh());
    expect(codes.fresh()).toBe(codes.current());
  });

  it("are still accepted 30 seconds later", () => {
    const { clock, codes } = device();
    for (let i = 0; i < 5; i += 1) {
      const code = codes.fresh();
      clock.now += STEP;
      expect(codes.accept(code)).toBe(true);
    }
  });

  it("adjacent ones are accepted in any order", () => {
    const { clock, codes } = device();
    const earlier = codes.fresh();
    clock.now += STEP;
    expect(codes.accept(codes.fresh())).toBe(true);
    expect(codes.accept(earlier)).toBe(true);
  });
});

it("wrong codes are wrong", () => {
  const { codes } = device();
  expect(codes.wrong()).toMatch(/^\d{6}$/);
  expect(codes.accept(codes.wrong())).toBe(false);
});

it.each([
  [0, 30],
  [1, 30],
  [29_000, 1],
  [29_999, 1],
  [30_000, 30],
])("at %s ms %s seconds are left", (now, left) => {
  expect(secondsLeft(now)).toBe(left);
});
