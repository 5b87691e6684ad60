import type { Context } from "../../core/context.ts";
import { escapeInvisible } from "../../core/escape-invisible.ts";
import { formatTime } from "../../core/time.ts";
import type { Journal, WatchEvent } from "../../core/watch/watch-event.ts";
import { writeAll } from "../../system/write-all.ts";
import { watchWords } from "./watch-words.ts";

/** A line of JSON on stdout for each event. Throws the system's error where nobody reads it any more. */
export function jsonJournal({ now }: Context): Journal {
  return {
    tell: (event) => writeAll(1, `${formatEvent(event, now())}\n`),
    idle: () => undefined,
    clear: () => undefined,
  };
}

/** An event in one line. The names are a promise, kept in docs/watch-json.md. */
export function formatEvent(event: WatchEvent, now: Date): string {
  const message = watchWords(event, now);
  const fields = { time: formatTime(now), event: event.kind, ...fieldsOf(event), message };
  return escapeInvisible(JSON.stringify(fields));
}

function fieldsOf(event: WatchEvent): Record<string, string | null> {
  switch (event.kind) {
    case "valid":
    case "renewed": {
      const { target, expiration, renewal } = event;
      return { target, expiration: formatTime(expiration), renewal: formatTime(renewal) };
    }
    case "due":
      return { target: event.target, reason: event.reason };
    case "trouble": {
      const { target, code, hint, retry } = event;
      return { target, code, hint: hint ?? null, retry: retry ? formatTime(retry) : null };
    }
    case "notice":
      return {};
    case "ended":
      return { signal: event.signal };
  }
}
