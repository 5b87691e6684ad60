import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, it, test } from "vitest";
import { formatEvent } from "../../../src/cli/watch/json-journal.ts";
import type { RenewalReason } from "../../../src/core/refresh/renewal-due.ts";
import type { WatchEvent } from "../../../src/core/watch/watch-event.ts";
import { at, kept, trouble } from "./events.ts";

beforeAll(() => {
  process.env["TZ"] = "Europe/Berlin";
});

const now = at("09:00");
const page = readFileSync(join(import.meta.dirname, "../../../docs/watch-json.md"), "utf8");

const reasons: Record<RenewalReason, true> = {
  missing: true,
  incomplete: true,
  forced: true,
  "another-user": true,
  "another-role": true,
  expired: true,
};

/** One of each kind, in each of its forms. */
const events: Record<WatchEvent["kind"], readonly WatchEvent[]> = {
  valid: [kept("valid", at("18:12"), at("18:07"))],
  due: (Object.keys(reasons) as RenewalReason[]).map((reason) => ({
    kind: "due",
    target: "dev-mfa",
    reason,
  })),
  renewed: [kept("renewed", at("21:00"), at("20:55"))],
  trouble: [trouble(), trouble({ hint: undefined, retry: undefined })],
  notice: [{ kind: "notice", text: "a code is six digits." }],
  ended: [{ kind: "ended", signal: "SIGTERM" }],
};

it.each<[event: WatchEvent, fields: object]>([
  [
    events.valid[0]!,
    {
      event: "valid",
      target: "dev-mfa",
      expiration: "2026-11-22T18:12:00Z",
      renewal: "2026-11-22T18:07:00Z",
      message:
        "profile dev-mfa is valid for 9 h 12 min, until 2026-11-22 19:12:00 +01:00; renewal at 19:07.",
    },
  ],
  [
    events.renewed[0]!,
    {
      event: "renewed",
      target: "dev-mfa",
      expiration: "2026-11-22T21:00:00Z",
      renewal: "2026-11-22T20:55:00Z",
      message:
        "profile dev-mfa is renewed: valid for 12 h, until 2026-11-22 22:00:00 +01:00; renewal at 21:55.",
    },
  ],
  [
    { kind: "due", target: "dev-mfa", reason: "another-user" },
    {
      event: "due",
      target: "dev-mfa",
      reason: "another-user",
      message:
        "the session of profile dev-mfa is of other keys, or of another device: getting one.",
    },
  ],
  [
    trouble({ hint: "One.\n  Two." }),
    {
      event: "trouble",
      target: "dev-mfa",
      code: "NoCode",
      hint: "One.\n  Two.",
      retry: "2026-11-22T09:00:20Z",
      message: "profile dev-mfa: no MFA code for phone (profile dev); trying again in 20 s.",
    },
  ],
  [
    trouble({ hint: undefined, retry: undefined }),
    {
      event: "trouble",
      target: "dev-mfa",
      code: "NoCode",
      hint: null,
      retry: null,
      message: "profile dev-mfa: no MFA code for phone (profile dev).",
    },
  ],
  [
    { kind: "notice", text: "one\ntwo" },
    { event: "notice", message: "one\ntwo" },
  ],
  [
    { kind: "ended", signal: "SIGINT" },
    { event: "ended", signal: "SIGINT", message: "ended by SIGINT." },
  ],
])("%j", (event, fields) => {
  const line = formatEvent(event, new Date(now.getTime() + 499));
  expect(line).not.toContain("\n");
  expect(JSON.parse(line)).toEqual({ time: "2026-11-22T09:00:00Z", ...fields });
});

it("names reach the reader as they are, and no terminal obeys what is in them", () => {
  const target = 'a\u001b[2J\u009b31m"\\\n\u202e\u2028é日本';
  const line = formatEvent({ kind: "due", target, reason: "missing" }, now);
  expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}]/u);
  expect(line).toContain("é日本");
  expect(JSON.parse(line)).toMatchObject({ target });
});

/** The rows of the page's tables. */
const rows = [...page.matchAll(/^\| `([\w-]+)` +\|(.+)\|$/gm)].map(([, name = "", rest = ""]) => ({
  name,
  cells: rest.split("|").map((cell) => cell.trim()),
}));
const kinds = Object.keys(events) as WatchEvent["kind"][];

test("every event is on the page, and no other", () => {
  const documented = rows.filter(({ cells }) => cells.length === 1).map(({ name }) => name);
  expect(documented.toSorted()).toEqual(kinds.toSorted());
});

test.each(kinds)("every field of %s is on the page with all of its types, and no other", (kind) => {
  const lines = events[kind].map(
    (event) => JSON.parse(formatEvent(event, now)) as Record<string, unknown>,
  );
  const typeOf = (value: unknown): string => (value === null ? "null" : typeof value);
  const documented = rows
    .filter(({ cells }) => cells[1] === "all" || cells[1]?.split(" ").includes(`\`${kind}\``))
    .map(({ name, cells: [types] }) => [name, types]);
  for (const line of lines) {
    expect(Object.keys(line).toSorted()).toEqual(documented.map(([name]) => name).toSorted());
  }
  const printed = documented.map(([name = ""]) => {
    const types = new Set(lines.map((line) => typeOf(line[name])));
    return [name, [...types].join(" or ")];
  });
  expect(printed).toEqual(documented);
});

test("every reason is on the page, and no other", () => {
  const [, words = ""] = rows.find(({ name }) => name === "reason")!.cells.slice(1);
  const documented = [...words.matchAll(/`([\w-]+)`/g)].map(([, reason]) => reason);
  expect(documented).toEqual(Object.keys(reasons));
});

test("the example of the page is what is printed", () => {
  const [, block = ""] = /```console\n([^`]+)```/.exec(page) ?? [];
  const due: WatchEvent = { kind: "due", target: "dev-mfa", reason: "expired" };
  const happened: [time: string, event: WatchEvent][] = [
    ["09:00:00", due],
    ["09:00:05", trouble()],
    ["09:00:20", due],
    ["09:00:26", kept("renewed", at("21:00:26"), at("20:55:26"))],
  ];
  const printed = happened.map(([time, event]) => formatEvent(event, at(time)));
  expect(block).toBe(`$ awsmfa watch --json\n${printed.join("\n")}\n`);
});
