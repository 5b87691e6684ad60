import { fstatSync } from "node:fs";
import { isatty } from "node:tty";
import type { Context } from "../../core/context.ts";
import { isSwitchedOn, type Environment } from "../../core/environment.ts";
import type { Journal } from "../../core/watch/watch-event.ts";
import { jsonJournal } from "./json-journal.ts";
import { LiveJournal } from "./live-journal.ts";
import { plainJournal } from "./plain-journal.ts";

/** Where a watcher tells what happens, as whoever reads it wants it. */
export function openJournal(context: Context, { json }: { json: boolean }): Journal {
  if (json) return jsonJournal(context);
  if (canRedraw(context.env)) return new LiveJournal(context);
  return plainJournal(context, { withTime: !isSystemdJournal(context.env) });
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
