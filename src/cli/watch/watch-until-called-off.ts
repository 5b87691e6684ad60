import { isatty } from "node:tty";
import type { Context } from "../../core/context.ts";
import type { Moment } from "../../core/watch/deadline.ts";
import type { Journal } from "../../core/watch/watch-event.ts";
import type { WatchOrder } from "../../core/watch/watch-order.ts";
import { freshenOnce, keepFresh } from "../../session/watch/keep-fresh.ts";
import type { World } from "../../session/watch/world.ts";
import { Bell } from "../../system/bell.ts";
import { endBySignal } from "../../system/end-process.ts";
import { closeDebugger } from "../../system/close-debugger.ts";
import { guardProcess } from "../../system/guard-process.ts";
import { openJournal } from "./open-journal.ts";
import { RenewalsApart } from "./renewals-apart.ts";
import { reportTo } from "./report-to-journal.ts";

interface Watching {
  readonly isOnce: boolean;
  readonly json: boolean;
  /** Path of this program. */
  readonly program: string;
  readonly patienceSeconds: number;
}

/** Keeps sections fresh until a signal ends this process, or once; then the exit code says how that went. */
export async function watchUntilCalledOff(
  asked: Context,
  orders: readonly WatchOrder[],
  { isOnce, json, ...settings }: Watching,
): Promise<void> {
  const journal = openJournal(asked, { json, isOnce });
  const context = { ...asked, report: reportTo(journal, asked.report) };
  const renewals = new RenewalsApart(context, settings);
  const bell = listen(context, renewals);
  const world = worldOf(context, { journal, renewals, bell });
  if (isOnce) process.exitCode = await freshenOnce(context, world, orders);
  else await keepFresh(context, world, orders);
  if (bell.ended === undefined) return;
  journal.tell({ kind: "ended", signal: bell.ended });
  endBySignal(bell.ended);
}

/** The end of its terminal ends it; without one that signal is a daemon's, to read its files again. */
function listen(context: Context, renewals: RenewalsApart): Bell {
  const onHangup = isatty(2) ? "end" : "look";
  const meaning = {
    end: ["SIGTERM", "SIGINT"] as NodeJS.Signals[],
    ask: ["SIGUSR1"] as NodeJS.Signals[],
    // After ^Z it may be in the foreground again, and the computer may have slept.
    look: ["SIGCONT"] as NodeJS.Signals[],
  };
  meaning[onHangup].push("SIGHUP");
  const bell = new Bell(meaning, {
    moment: () => momentOf(context),
    onEnd: (signal) => void renewals.end(signal),
    onEndAgain: endBySignal,
  });
  guardProcess();
  closeDebugger();
  return bell;
}

interface Parts {
  readonly journal: Journal;
  readonly renewals: RenewalsApart;
  readonly bell: Bell;
}

function worldOf(context: Context, { journal, renewals, bell }: Parts): World {
  return {
    moment: () => momentOf(context),
    sleep: (ms) => bell.sleep(ms),
    calls: bell,
    renew: (renewal) => renewals.renew(renewal),
    journal,
    random: Math.random,
  };
}

function momentOf({ now }: Context): Moment {
  return { time: now(), elapsedMs: performance.now() };
}
