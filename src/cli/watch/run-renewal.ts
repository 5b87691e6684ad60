import { setTimeout as sleep } from "node:timers/promises";
import type { Context, Report } from "../../core/context.ts";
import { AwsmfaError, ExitCode } from "../../core/errors.ts";
import type { RenewalReport } from "../../core/watch/renewal-report.ts";
import type { Renewal } from "../../core/watch/watch-order.ts";
import { renewSection } from "../../session/watch/renew-section.ts";
import { wayPlease } from "../../system/lock-holder.ts";
import { guardProcess } from "../../system/guard-process.ts";

/** What a watcher passes to the process that renews a section for it: JSON, as its only argument. */
export interface RenewalTask extends Renewal {
  /** For how long a program may keep it that is to give a code. */
  readonly patienceSeconds: number;
}

/** Renews a section, and tells the watcher, not the user, what happens. It ends with the watcher. */
export async function runRenewal(context: Context, text: string): Promise<void> {
  if (process.send === undefined) throw noWatcherError();
  // That is for the watcher, and may be sent to all of its processes at once.
  process.on("SIGUSR1", () => undefined);
  guardProcess();
  const { patienceSeconds, ...renewal } = JSON.parse(text) as RenewalTask;
  // With all that was started here: a prompt without a watcher would be answered in vain.
  process.on("disconnect", () => process.kill(process.pid, "SIGTERM"));
  // Whoever works at a terminal, or has a code, need not wait until somebody comes to this prompt.
  const way = new AbortController();
  process.on(wayPlease, () => way.abort("another awsmfa asks for the code"));
  const send = sender();
  const report = reportBy(send, context.report);
  try {
    const asking = { ...context, report, patienceSeconds, givesWay: way.signal };
    await send(await renewSection(asking, renewal));
  } finally {
    // Else the channel would keep this process, and the watcher would wait for it.
    process.removeAllListeners("disconnect");
    if (process.connected) process.disconnect();
  }
}

/** For how long to wait until what was said can be read, in milliseconds. */
const mostUnheardMs = 1000;

type Send = (report: RenewalReport) => Promise<void>;

function reportBy(send: Send, { debug }: Report): Report {
  let told = Promise.resolve();
  const tell = (report: RenewalReport): void => {
    told = send(report);
  };
  return {
    say: (text) => tell({ kind: "say", text }),
    sayOnce: (text) => tell({ kind: "say-once", text }),
    debug,
    // A watcher whose log nobody reads hears nothing, either.
    told: () => Promise.race([told, sleep(mostUnheardMs, undefined, { ref: false })]),
  };
}

/** What it sends is sent when the watcher has dealt with it: it answers in the order that they came in. */
function sender(): Send {
  const unheard: (() => void)[] = [];
  process.on("message", () => unheard.shift()?.());
  return (report) =>
    new Promise((resolve) => {
      unheard.push(resolve);
      process.send?.(report, (error: Error | null) => {
        // A watcher that is gone needs to hear nothing.
        if (error !== null) resolve();
      });
    });
}

function noWatcherError(): Error {
  return new AwsmfaError("renew is run by awsmfa watch alone.", {
    code: "Usage",
    exitCode: ExitCode.usage,
    hint: "Use awsmfa watch, or awsmfa refresh.",
  });
}
