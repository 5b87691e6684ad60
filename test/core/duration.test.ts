import { describe, expect, it } from "vitest";
import { lockTimeoutSeconds, minimumSeconds, requestedSeconds } from "../../src/core/duration.ts";
import type { Environment } from "../../src/core/environment.ts";

type Reader = (env: Environment) => number;
const readers: Record<string, Reader> = {
  AWS_MFA_TTL: requestedSeconds,
  AWS_MFA_MIN_TTL: minimumSeconds,
  AWS_MFA_LOCK_TIMEOUT: lockTimeoutSeconds,
};

describe("seconds", () => {
  it.each<[name: string, text: string | undefined, seconds: number, why?: string]>([
    ["AWS_MFA_TTL", undefined, 43_200],
    ["AWS_MFA_TTL", "", 43_200, "an empty variable is unset"],
    ["AWS_MFA_TTL", "900", 900],
    ["AWS_MFA_TTL", "129600", 129_600],
    ["AWS_MFA_TTL", "3600", 3600],
    ["AWS_MFA_TTL", " 3600 ", 3600],
    ["AWS_MFA_TTL", "3600\n", 3600],
    ["AWS_MFA_TTL", "0900", 900, "decimal, not octal"],
    ["AWS_MFA_MIN_TTL", undefined, 300],
    ["AWS_MFA_MIN_TTL", "", 300],
    ["AWS_MFA_MIN_TTL", "0", 0],
    ["AWS_MFA_MIN_TTL", "60", 60],
    ["AWS_MFA_MIN_TTL", "129600", 129_600],
    ["AWS_MFA_LOCK_TIMEOUT", undefined, 120],
    ["AWS_MFA_LOCK_TIMEOUT", "", 120],
    ["AWS_MFA_LOCK_TIMEOUT", "0", 0],
    ["AWS_MFA_LOCK_TIMEOUT", "86400", 86_400],
  ])("%s=%j is %j", (name, text, seconds) => {
    expect(readers[name]?.({ [name]: text })).toBe(seconds);
  });

  it.each<[name: string, text: string, bounds: string, why?: string]>([
    ["AWS_MFA_TTL", "899", "900 to 129600"],
    ["AWS_MFA_TTL", "129601", "900 to 129600"],
    ["AWS_MFA_TTL", "0", "900 to 129600"],
    ["AWS_MFA_TTL", "-3600", "900 to 129600"],
    ["AWS_MFA_TTL", "+3600", "900 to 129600"],
    ["AWS_MFA_TTL", "3600.5", "900 to 129600"],
    ["AWS_MFA_TTL", "1e4", "900 to 129600"],
    ["AWS_MFA_TTL", "0xE10", "900 to 129600"],
    ["AWS_MFA_TTL", "12h", "900 to 129600"],
    ["AWS_MFA_TTL", "3 600", "900 to 129600"],
    ["AWS_MFA_TTL", "3_600", "900 to 129600"],
    ["AWS_MFA_TTL", "NaN", "900 to 129600"],
    ["AWS_MFA_TTL", "Infinity", "900 to 129600"],
    ["AWS_MFA_TTL", "9".repeat(400), "900 to 129600"],
    ["AWS_MFA_TTL", "٣٦٠٠", "900 to 129600", "Arabic digits"],
    ["AWS_MFA_TTL", " ", "900 to 129600", "set, and not empty"],
    ["AWS_MFA_MIN_TTL", "-1", "0 to 129600"],
    ["AWS_MFA_MIN_TTL", "129601", "0 to 129600"],
    ["AWS_MFA_MIN_TTL", "five", "0 to 129600"],
    ["AWS_MFA_LOCK_TIMEOUT", "86401", "0 to 86400"],
    ["AWS_MFA_LOCK_TIMEOUT", "-1", "0 to 86400"],
  ])("%s=%j is refused: %s", (name, text, bounds) => {
    expect(() => readers[name]?.({ [name]: text })).toThrow(
      expect.objectContaining({
        code: "InvalidDuration",
        exitCode: 253,
        message: `${name} is "${text.trim()}"; it takes whole seconds from ${bounds}.`,
      }),
    );
  });

  it("a refusal shows nothing that moves a cursor", () => {
    expect(() => requestedSeconds({ AWS_MFA_TTL: "\u001b[2J" })).toThrow('AWS_MFA_TTL is "?[2J"');
  });
});
