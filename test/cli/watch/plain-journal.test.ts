import { beforeAll, expect, it } from "vitest";
import { plainJournal } from "../../../src/cli/watch/plain-journal.ts";
import type { WatchEvent } from "../../../src/core/watch/watch-event.ts";
import { at, kept, trouble } from "./events.ts";

beforeAll(() => {
  process.env["TZ"] = "Europe/Berlin";
});

const now = at("09:00");

/** What stands on stderr behind `awsmfa: `. */
function told(events: readonly WatchEvent[], withTime = false): string[] {
  const said: string[] = [];
  const say = (text: string): void => void said.push(text);
  const report = { say, sayOnce: say, debug: () => undefined };
  const journal = plainJournal({ env: {}, now: () => now, report }, { withTime });
  for (const event of events) {
    journal.tell(event);
    journal.idle([]);
    journal.clear();
  }
  return said;
}

it("the time with its offset stands in front where nothing else has it", () => {
  const events: WatchEvent[] = [
    { kind: "notice", text: "hello." },
    { kind: "ended", signal: "SIGINT" },
  ];
  expect(told(events, true)).toEqual([
    "2026-11-22 10:00:00 +01:00 hello.",
    "2026-11-22 10:00:00 +01:00 ended by SIGINT.",
  ]);
  expect(told(events)).toEqual(["hello.", "ended by SIGINT."]);
});

const sentence = "profile dev-mfa: no MFA code for phone (profile dev); trying again in 20 s.";
const valid = kept("valid", at("18:12"), at("18:07"));
const renewed = kept("renewed", at("18:12"), at("18:07"));

it.each<[title: string, events: readonly WatchEvent[], hints: readonly boolean[]]>([
  ["once", [trouble(), trouble(), trouble()], [true, false, false]],
  ["again after another", [trouble(), trouble({ code: "X" }), trouble()], [true, true, true]],
  ["after a session was got", [trouble(), renewed, trouble()], [true, false, true]],
  ["after another process got one", [trouble(), valid, trouble()], [true, false, true]],
  [
    "not after a section of another name was renewed",
    [trouble(), { ...renewed, target: "prod-mfa" } as WatchEvent, trouble()],
    [true, false, false],
  ],
  [
    "not for what is said and done in between",
    [
      trouble(),
      { kind: "due", target: "dev-mfa", reason: "missing" },
      { kind: "notice", text: "hello." },
      trouble(),
    ],
    [true, false, false, false],
  ],
  [
    "for each section",
    [trouble(), trouble({ target: "prod-mfa" }), trouble()],
    [true, true, false],
  ],
  ["not where there is none", [trouble({ hint: undefined }), trouble()], [false, false]],
])("the hint is told %s", (_title, events, hints) => {
  expect(told(events).map((text) => text.includes("\n  Answer it."))).toEqual(hints);
});

it("the hint stands below", () => {
  expect(told([trouble(), trouble({ code: "X", hint: "One.\n  Two." })])).toEqual([
    `${sentence}\n  Answer it.`,
    `${sentence}\n  One.\n  Two.`,
  ]);
});
