import { isatty } from "node:tty";
import { readAwsFiles } from "../../aws/files/profiles.ts";
import type { Context } from "../../core/context.ts";
import { wholeSeconds } from "../../core/duration.ts";
import { AwsmfaError, ExitCode } from "../../core/errors.ts";
import type { Moment } from "../../core/watch/deadline.ts";
import { planWatch } from "../../core/watch/plan-watch.ts";
import type { Journal } from "../../core/watch/watch-event.ts";
import type { WatchOrder } from "../../core/watch/watch-order.ts";
import { checkOrder } from "../../session/watch/check-order.ts";
import { holdSections } from "../../session/watch/hold-sections.ts";
import { freshenOnce, keepFresh } from "../../session/watch/keep-fresh.ts";
import type { World } from "../../session/watch/world.ts";
import { Bell } from "../../system/bell.ts";
import { endBySignal } from "../../system/end-process.ts";
import { guardProcess } from "../../system/guard-process.ts";
import { leaveUnoptimized } from "../../system/small-heap.ts";
import { whatHidesIt } from "../what-hides-it.ts";
import { install } from "./install.ts";
import { openJournal } from "./open-journal.ts";
import { RenewalsApart } from "./renewals-apart.ts";
import { reportTo } from "./report-to-journal.ts";
import { argumentsOf, watchOrders } from "./watch-orders.ts";
import type { WatchOptions } from "./watch-options.ts";

/** For how long to wait for an answer, in seconds. */
const promptSeconds = { usual: 120, least: 1, most: 86_400 };

/** Keeps sections fresh until a signal ends it, or once, or installs a service that does. */
export async function runWatch(context: Context, options: WatchOptions): Promise<void> {
  if (options.write && options.install === undefined) throw placeError();
  if (options.once === undefined && options.install === undefined) leaveUnoptimized();
  const { env } = context;
  const awsFiles = readAwsFiles(env);
  const orders = watchOrders(options, { env, files: awsFiles.files });
  const patienceSeconds = promptSecondsOf(options);
  const program = process.argv[1] ?? "";
  const { install: manager, write = false } = options;
  if (manager !== undefined) {
    const plans = orders.map((order) => planWatch(order, { env, files: awsFiles.files }));
    return install(context, {
      manager,
      write,
      sections: orders.map(({ target }) => target),
      withoutProcess: plans
        .filter(({ request }) => request.mfaProcess === undefined)
        .map(({ sections }) => sections.longTerm),
      args: argumentsOf(orders, options),
      program: [process.execPath, program],
    });
  }
  for (const order of orders) {
    checkOrder(context, order, awsFiles);
    const hidden = whatHidesIt(env, awsFiles.files.find(order.target), order.target);
    if (hidden !== undefined) context.report.say(hidden);
  }
  const lock = await holdSections(
    context,
    orders.map(({ target }) => target),
  );
  try {
    await watch(context, orders, {
      isOnce: options.once ?? false,
      json: options.json ?? false,
      program,
      patienceSeconds,
    });
  } finally {
    lock.release();
  }
}

function placeError(): Error {
  return new AwsmfaError("--write puts a service in its place, and none is asked for.", {
    code: "Usage",
    exitCode: ExitCode.usage,
    hint: "Say which: --install systemd, or --install launchd.",
  });
}

function promptSecondsOf({ promptTimeout }: WatchOptions): number {
  if (!promptTimeout) return promptSeconds.usual;
  return wholeSeconds("--prompt-timeout", promptTimeout, promptSeconds);
}

interface Watching {
  readonly isOnce: boolean;
  readonly json: boolean;
  readonly program: string;
  readonly patienceSeconds: number;
}

async function watch(
  asked: Context,
  orders: readonly WatchOrder[],
  { isOnce, json, ...settings }: Watching,
): Promise<void> {
  const journal = openJournal(asked, { json, isOnce });
  const context = { ...asked, report: reportTo(journal, asked.report) };
  const renewals = new RenewalsApart(context, settings);
  const bell = listen(context, renewals);
  const world: World = {
    moment: () => momentOf(context),
    sleep: (ms) => bell.sleep(ms),
    calls: bell,
    renew: (renewal) => renewals.renew(renewal),
    journal: isOnce ? withoutRetries(journal) : journal,
    random: Math.random,
  };
  if (isOnce) process.exitCode = await freshenOnce(context, world, orders);
  else await keepFresh(context, world, orders);
  if (bell.ended === undefined) return;
  journal.tell({ kind: "ended", signal: bell.ended });
  endBySignal(bell.ended);
}

function momentOf({ now }: Context): Moment {
  return { time: now(), elapsedMs: performance.now() };
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
    onEnd: () => void renewals.end(),
    onEndAgain: endBySignal,
  });
  guardProcess();
  return bell;
}

/** For one that ends after its only attempt. */
function withoutRetries(journal: Journal): Journal {
  return {
    tell: (event) =>
      journal.tell(event.kind === "trouble" ? { ...event, retry: undefined } : event),
    idle: () => undefined,
    clear: () => journal.clear(),
  };
}
