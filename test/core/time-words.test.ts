import { describe, expect, it } from "vitest";
import { durationWords, localTime } from "../../src/core/time-words.ts";

describe("a duration", () => {
  it.each<[seconds: number, words: string]>([
    [-1, "expired"],
    [0, "expired"],
    [1, "1 s"],
    [59.9, "59 s"],
    [60, "1 min"],
    [299, "4 min"],
    [3599, "59 min"],
    [3600, "1 h"],
    [3659, "1 h"],
    [3660, "1 h 1 min"],
    [33_120, "9 h 12 min"],
    [43_199, "11 h 59 min"],
    [43_200, "12 h"],
    [129_600, "36 h"],
    [172_799, "47 h 59 min"],
    [172_800, "2 d"],
    [176_400, "2 d 1 h"],
    [31_536_000, "365 d"],
  ])("%d s: %s", (seconds, words) => {
    expect(durationWords(seconds)).toBe(words);
  });
});

describe("a time on the local clock", () => {
  // A Saturday; local times, so that it holds wherever the tests run.
  const now = new Date(2030, 5, 15, 12, 30);
  it.each<[time: Date, words: string, why?: string]>([
    [new Date(2030, 5, 15, 21, 14), "21:14"],
    [new Date(2030, 5, 15, 9, 5), "09:05"],
    [new Date(2030, 5, 15, 23, 59, 59), "23:59"],
    [new Date(2030, 5, 16, 0, 0), "Sun 00:00"],
    [new Date(2030, 5, 14, 21, 14), "Fri 21:14"],
    [new Date(2030, 5, 21, 12, 29), "Fri 12:29"],
    [new Date(2030, 5, 9, 12, 31), "Sun 12:31"],
    [new Date(2030, 5, 22, 12, 30), "2030-06-22", "a week on it is a Saturday, too"],
    [new Date(2030, 5, 8, 12, 30), "2030-06-08"],
    [new Date(2019, 10, 10, 5, 51), "2019-11-10"],
    [new Date(9999, 0, 1), "9999-01-01"],
  ])("%s: %s", (time, words) => {
    expect(localTime(time, now)).toBe(words);
  });
});
