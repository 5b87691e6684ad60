import widthOf from "fast-string-width";
import { beforeAll, describe, expect, it } from "vitest";
import { liveLine } from "../../../src/cli/watch/live-line.ts";
import type { SectionState } from "../../../src/core/watch/watch-event.ts";
import { at, state } from "./events.ts";

beforeAll(() => {
  process.env["TZ"] = "UTC";
});

const now = at("09:00");
const dev = state("dev-mfa", at("18:12"), at("18:07"));
const prod = state("prod-mfa", at("12:00"), at("11:55"));
const troubled = state("ops-mfa", undefined, at("09:15"), true);

describe("how one section stands", () => {
  it.each<[state: SectionState, line: string]>([
    [dev, "dev-mfa: 9 h 12 min left, renewal at 18:07"],
    [state("dev-mfa", at("09:00:59"), at("09:00:10")), "dev-mfa: 59 s left, renewal at 09:00"],
    [
      state("dev-mfa", at("21:00", "2026-11-23"), at("20:55", "2026-11-23")),
      "dev-mfa: 36 h left, renewal at Mon 20:55",
    ],
    [troubled, "ops-mfa: no session, trying again at 09:15"],
    [
      state("dev-mfa", at("09:04:59"), at("09:03"), true),
      "dev-mfa: 4 min left, trying again at 09:03",
    ],
    [state("dev-mfa", at("09:00"), at("09:03"), true), "dev-mfa: expired, trying again at 09:03"],
    [state("dev-mfa", undefined, at("09:00")), "dev-mfa: no session, renewal at 09:00"],
    [state("", undefined, at("09:00")), '"": no session, renewal at 09:00'],
    [state("a\r\u001b[2Jb", at("10:00"), at("09:55")), "a??[2Jb: 1 h left, renewal at 09:55"],
  ])("%j: %s", (state, line) => {
    expect(liveLine([state], now, { width: 79, unicode: true })).toBe(line);
  });
});

const production = state("production-of-acme-mfa", at("18:12"), at("18:07"));
const japanese = state("日本語環境", at("18:12"), at("18:07"));

describe("as far as there is room", () => {
  it.each<[states: readonly SectionState[], width: number, line: string, why?: string]>([
    [[], 79, ""],
    [[dev], 42, "dev-mfa: 9 h 12 min left, renewal at 18:07"],
    [[dev], 41, "dev…fa: 9 h 12 min left, renewal at 18:07"],
    [[dev], 40, "de…fa: 9 h 12 min left, renewal at 18:07"],
    [[dev], 39, "dev-mfa: 9 h 12 min", "less of a name tells nobody whose it is"],
    [[dev], 19, "dev-mfa: 9 h 12 min"],
    [[dev], 18, "dev…fa: 9 h 12 min"],
    [[dev], 16, "9 h 12 min", "12 min alone would be wrong"],
    [[dev], 1, "…"],
    [[dev], 0, ""],
    [[production], 45, "produ…-mfa: 9 h 12 min left, renewal at 18:07"],
    [[japanese], 40, "日…境: 9 h 12 min left, renewal at 18:07"],
    [
      [dev, prod],
      84,
      "dev-mfa: 9 h 12 min left, renewal at 18:07 · prod-mfa: 3 h left, renewal at 11:55",
    ],
    [[dev, prod], 80, "dev-mfa: 9 h 12 min · prod-mfa: 3 h left, renewal at 11:55"],
    [[dev, prod], 58, "dev-mfa: 9 h 12 min · prod-mfa: 3 h left, renewal at 11:55"],
    [[dev, prod], 57, "prod-mfa: 3 h left, renewal at 11:55 · 1 more"],
    [[dev, prod], 44, "prod-mfa: 3 h left, renewal at 11:55"],
    [
      [dev, troubled, prod],
      80,
      "dev-mfa: 9 h 12 min · ops-mfa: no session, trying again at 09:15 · prod-mfa: 3 h",
    ],
    [[dev, troubled, prod], 60, "ops-mfa: no session, trying again at 09:15 · 2 more"],
    [[troubled, prod], 54, "ops-mfa: no session, trying again at 09:15 · 1 more"],
  ])("%j in %d columns: %s", (states, width, line) => {
    expect(liveLine(states, now, { width, unicode: true })).toBe(line);
  });

  it("others that have no session say so", () => {
    const broken = state("ops-mfa", undefined, at("12:00"), true);
    const line = "ops-mfa: no session · prod-mfa: 3 h left, renewal at 11:55";
    expect(liveLine([broken, prod], now, { width: 60, unicode: true })).toBe(line);
  });

  it("with ASCII where there is nothing else", () => {
    const ascii = (states: readonly SectionState[], width: number): string =>
      liveLine(states, now, { width, unicode: false });
    expect(ascii([dev, prod], 80)).toBe(
      "dev-mfa: 9 h 12 min | prod-mfa: 3 h left, renewal at 11:55",
    );
    expect(ascii([dev], 40)).toBe("de~fa: 9 h 12 min left, renewal at 18:07");
  });

  it("and never wider", () => {
    const all = [dev, troubled, japanese, prod, production];
    for (let width = 0; width < 250; width++) {
      for (let count = 0; count <= all.length; count++) {
        const line = liveLine(all.slice(0, count), now, { width, unicode: true });
        expect(widthOf(line)).toBeLessThanOrEqual(width);
      }
    }
  });
});
