import { beforeAll, expect, it } from "vitest";
import { watchWords } from "../../../src/cli/watch/watch-words.ts";
import type { WatchEvent } from "../../../src/core/watch/watch-event.ts";
import { at, kept, trouble } from "./events.ts";

beforeAll(() => {
  process.env["TZ"] = "Europe/Berlin";
});

const now = at("09:00");

function later(seconds: number): Date {
  return new Date(now.getTime() + seconds * 1000);
}

it.each<[event: WatchEvent, words: string, why?: string]>([
  [
    kept("valid", at("18:12"), at("18:07")),
    "profile dev-mfa is valid for 9 h 12 min, until 2026-11-22 19:12:00 +01:00; renewal at 19:07.",
  ],
  [
    kept("renewed", at("21:00"), at("20:55")),
    "profile dev-mfa is renewed: valid for 12 h, until 2026-11-22 22:00:00 +01:00; renewal at 21:55.",
  ],
  [
    kept("renewed", at("21:00", "2026-11-23"), at("20:55", "2026-11-23")),
    "profile dev-mfa is renewed: valid for 36 h, until 2026-11-23 22:00:00 +01:00; renewal at Mon 21:55.",
  ],
  [
    kept("renewed", at("08:00"), at("09:00")),
    "profile dev-mfa is renewed, but over by this computer's clock (2026-11-22 09:00:00 +01:00): set the clock.",
  ],
  [
    kept("valid", at("09:00"), at("09:00")),
    "profile dev-mfa is valid, but over by this computer's clock (2026-11-22 10:00:00 +01:00): set the clock.",
  ],
  [
    kept("valid", at("09:15"), at("09:10"), "a\u001b[2J\n"),
    "profile a?[2J? is valid for 15 min, until 2026-11-22 10:15:00 +01:00; renewal at 10:10.",
  ],
  [
    kept("valid", at("09:15"), at("09:10"), ""),
    'profile "" is valid for 15 min, until 2026-11-22 10:15:00 +01:00; renewal at 10:10.',
  ],
  [
    { kind: "due", target: "dev-mfa", reason: "missing" },
    "profile dev-mfa is not there yet: getting a session for it.",
  ],
  [
    { kind: "due", target: "dev-mfa", reason: "expired" },
    "the session of profile dev-mfa has expired, or is about to: renewing it.",
  ],
  [trouble(), "profile dev-mfa: no MFA code for phone (profile dev); trying again in 20 s."],
  [
    trouble({ retry: undefined }),
    "profile dev-mfa: no MFA code for phone (profile dev).",
    "it is not tried again",
  ],
  [
    trouble({ message: "AWS was not reached", retry: at("09:05") }),
    "profile dev-mfa: AWS was not reached; trying again in 5 min.",
  ],
  [
    trouble({ message: "AWS said:\r\n  no.\n", retry: at("08:59") }),
    "profile dev-mfa: AWS said: no; trying again now.",
    "one line, and a clock that was set meanwhile",
  ],
  [
    trouble({ retry: now }),
    "profile dev-mfa: no MFA code for phone (profile dev); trying again now.",
  ],
  [trouble({ target: "\u0007", message: "no.", retry: undefined }), "profile ?: no."],
  [
    { kind: "notice", text: "a code is six digits.\n  see there" },
    "a code is six digits.\n  see there",
  ],
  [{ kind: "ended", signal: "SIGTERM" }, "ended by SIGTERM."],
])("%j", (event, words) => {
  expect(watchWords(event, now)).toBe(words);
});

it.each<[expiration: Date, seconds: number, words: string]>([
  [at("21:00"), 1.2, "12 h"],
  [at("21:00"), 29, "12 h"],
  [at("21:00"), 31, "11 h 59 min"],
  [at("09:15"), 2, "15 min"],
  [at("09:10"), 0.4, "10 min"],
  [at("09:10"), 2, "9 min"],
])("until %s it is, %d s after nine, %s", (expiration, seconds, words) => {
  const event = kept("renewed", expiration, at("09:05"));
  expect(watchWords(event, later(seconds))).toContain(`: valid for ${words}, until`);
});

it("tries again in as many seconds as it says, whatever the milliseconds that went by", () => {
  expect(watchWords(trouble(), later(0.06))).toMatch(/; trying again in 20 s\.$/);
});
