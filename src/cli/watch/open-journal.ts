import { fstatSync } from "node:fs";
import { isatty } from "node:tty";
import type { Context } from "../../core/context.ts";
import { isSwitchedOn, type Environment } from "../../core/environment.ts";
import type { Journal } from "../../core/watch/watch-event.ts";
import { jsonJournal } from "./json-journal.ts";
import { LiveJournal } from "./live-journal.ts";
import { plainJournal } from "./plain-journal.ts";

/** What the reader of a journal asked for. */
interface JournalOptions {
  readonly json: boolean;
  /** Whether the watcher ends at once: a line that says how things stand would not be seen. */
  readonly isOnce?: boolean;
}

/** Where a watcher tells what happens, as whoever reads it wants it. */
export function openJournal(context: Context, { json, isOnce = false }: JournalOptions): Journal {
  const journal = journalFor(context, { json, isOnce });
  if (!isOnce) return journal;
  return withoutRetries(json || isatty(2) ? journal : withoutGoodNews(journal));
}

function journalFor(context: Context, { json, isOnce }: Required<JournalOptions>): Journal {
  if (json) return jsonJournal(context);
  if (!isOnce && canRedraw(context.env)) return new LiveJournal(context);
  const isClocked = isSystemdJournal(context.env) || (isOnce && isatty(2));
  return plainJournal(context, { withTime: !isClocked });
}

/** Whether a line of a terminal can be drawn over itself: not where decisions are printed in between. */
function canRedraw(env: Environment): boolean {
  return isatty(2) && env["TERM"] !== "dumb" && !isSwitchedOn(env, "AWS_MFA_DEBUG");
}

/**
 * Whether stderr is the journal of systemd, which has the time of each line. The variable alone does not say
 * so: programs of a desktop inherit it, terminals among them (systemd.exec(5), `$JOURNAL_STREAM`).
 */
function isSystemdJournal(env: Environment): boolean {
  try {
    const { dev, ino } = fstatSync(2, { bigint: true });
    return env["JOURNAL_STREAM"] === `${dev}:${ino}`;
  } catch {
    return false;
  }
}

/** For one that ends after its only attempt. */
function withoutRetries(journal: Journal): Journal {
  const tell: Journal["tell"] = (event) =>
    journal.tell(event.kind === "trouble" ? { ...event, retry: undefined } : event);
  return { ...journal, tell };
}

/** That nothing was to be done: cron would send it by mail each time. */
function withoutGoodNews(journal: Journal): Journal {
  const tell: Journal["tell"] = (event) => {
    if (event.kind !== "valid") journal.tell(event);
  };
  return { ...journal, tell };
}
