import type { Context } from "../../core/context.ts";
import { minimumSeconds } from "../../core/duration.ts";
import { temporaryPrefix } from "../../core/session/session-file-name.ts";
import { summarizeSessions, type SessionSummary } from "../../core/session/session-summary.ts";
import { activeSession, isReady, type ActiveSession } from "../../session/active-session.ts";
import { listStore } from "../../session/names-in-store.ts";
import { storedSessions } from "../../session/store.ts";
import { inTreeOrder, withAncestors } from "./session-tree.ts";

/** All that `status` shows, in whatever form. */
export interface Status {
  readonly now: Date;
  readonly active: ActiveSession;
  /** The profile that was named: no session is shown but its own and what that hangs on. */
  readonly named: string | undefined;
  /** In the order of the screen. */
  readonly sessions: readonly SessionSummary[];
}

/**
 * Looks into the AWS files and the store, at one moment. Throws 253 where a file cannot be parsed, and 255
 * where the store cannot be read: to show none would be wrong.
 */
export function readStatus(context: Context, named: string | undefined): Status {
  const now = context.now();
  const moment = { ...context, now: () => now };
  listStore(moment);
  const active = activeSession(moment, named);
  const all = summaries(moment, active);
  return { now, active, named, sessions: named === undefined ? all : ofProfile(all, named) };
}

function summaries(context: Context, { state }: ActiveSession): readonly SessionSummary[] {
  const moment = {
    now: context.now(),
    minimumSeconds: minimumSeconds(context.env),
    activeFile: isReady(state) ? state.file : undefined,
  };
  const files = storedSessions(context).filter(({ name }) => !name.startsWith(temporaryPrefix));
  return inTreeOrder(summarizeSessions(files, moment));
}

/** The one that it uses, whatever the profile it was made for, else its own; and what they hang on. */
function ofProfile(all: readonly SessionSummary[], profile: string): readonly SessionSummary[] {
  const used = all.filter(({ active }) => active);
  const own = all.filter((session) => session.profile === profile);
  const wanted = used.length > 0 ? used : own;
  const shown = new Set(wanted.flatMap((session) => withAncestors(session, all)));
  return all.filter((session) => shown.has(session));
}
