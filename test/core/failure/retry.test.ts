import { describe, expect, it } from "vitest";
import { ExitCode } from "../../../src/core/errors.ts";
import { retrySeconds, troubleKind, type TroubleKind } from "../../../src/core/failure/retry.ts";

const { usage, configuration, refused, general, interrupted, commandNotFound } = ExitCode;

describe("what may end it", () => {
  it.each<[code: string, exitCode: ExitCode, kind: TroubleKind, why?: string]>([
    ["NoCode", configuration, "no-code"],
    ["WrongCode", refused, "no-code"],
    ["LockTimeout", configuration, "no-code", "somebody is asked already"],
    ["Interrupted", interrupted, "no-code"],
    ["UnparsableFile", configuration, "configuration"],
    ["UnreadableFile", configuration, "configuration"],
    ["LongTermKeys", configuration, "configuration"],
    ["NoDevice", configuration, "configuration"],
    ["InvalidDuration", configuration, "configuration"],
    ["UnwritableFile", general, "unreachable", "a disk that is full"],
    ["ChangingFile", general, "unreachable"],
    ["ECONNREFUSED", general, "unreachable"],
    ["ETIMEDOUT", general, "unreachable"],
    ["UnexpectedAnswer", general, "unreachable"],
    ["Usage", usage, "unreachable"],
    ["x", commandNotFound, "unreachable"],
    ["AccessDenied", refused, "refused"],
    ["ValidationError", refused, "refused"],
    ["InvalidClientTokenId", refused, "refused"],
    ["SignatureDoesNotMatch", refused, "refused"],
    ["ExpiredToken", refused, "refused"],
    ["Throttling", refused, "unreachable"],
    ["ThrottlingException", refused, "unreachable"],
    ["TooManyRequestsException", refused, "unreachable"],
    ["RequestLimitExceeded", refused, "unreachable"],
    ["InternalFailure", refused, "unreachable"],
    ["InternalError", refused, "unreachable"],
    ["InternalServerError", refused, "unreachable"],
    ["ServiceUnavailable", refused, "unreachable"],
    ["ThrottledException", refused, "unreachable"],
    ["RequestThrottled", refused, "unreachable"],
    ["SlowDown", refused, "unreachable"],
    ["RequestTimeout", refused, "unreachable"],
    ["503", refused, "unreachable", "a status, where that is all there was"],
    ["403", refused, "refused"],
    ["Throttling", configuration, "configuration", "not AWS's"],
  ])("%s with exit code %d: %s", (code, exitCode, kind) => {
    expect(troubleKind({ code, exitCode })).toBe(kind);
  });
});

describe("after how many seconds", () => {
  const times = (kind: TroubleKind, random: number): number[] =>
    Array.from({ length: 9 }, (_, before) => retrySeconds(kind, before + 1, random));

  it.each<[kind: TroubleKind, seconds: readonly number[]]>([
    ["no-code", [15, 30, 60, 120, 240, 480, 600, 600, 600]],
    ["unreachable", [5, 10, 20, 40, 60, 60, 60, 60, 60]],
    ["configuration", [5, 10, 20, 40, 60, 60, 60, 60, 60]],
    ["refused", [300, 600, 1200, 1800, 1800, 1800, 1800, 1800, 1800]],
  ])("%s: %j, a fifth more or less", (kind, seconds) => {
    expect(times(kind, 0.5)).toEqual(seconds);
    expect(times(kind, 0)).toEqual(seconds.map((one) => expect.closeTo(one * 0.8, 6)));
    expect(times(kind, 1)).toEqual(seconds.map((one) => expect.closeTo(one * 1.2, 6)));
  });

  it.each<[kind: TroubleKind, most: number]>([
    ["no-code", 600],
    ["unreachable", 60],
    ["configuration", 60],
    ["refused", 1800],
  ])("%s, thousands of times: %d", (kind, most) => {
    for (const failures of [21, 22, 100, 1024, 5000, 1e9, Number.MAX_SAFE_INTEGER]) {
      expect(retrySeconds(kind, failures, 0.5)).toBe(most);
    }
  });
});
