import { setTimeout as sleep } from "node:timers/promises";
import type { Context, Report } from "../../core/context.ts";
import { usageError } from "../../core/errors.ts";
import { guardProcess } from "../../system/guard-process.ts";
import { wayWanted } from "../../system/lock-holder.ts";
import type { ApartReport } from "./apart-report.ts";

/** What is to be done in a process of its own. */
export interface ApartWork<End> {
  /** For how long a program may keep it that is to give a code. */
  readonly patienceSeconds: number;
  readonly run: (context: Context) => Promise<End>;
}

/** Does what another process of ours wants, and tells that one, not the user, what happens. It ends with it. */
export async function runForParent<End>(
  context: Context,
  { patienceSeconds, run }: ApartWork<End>,
): Promise<void> {
  if (process.send === undefined) throw noParentError();
  // That is for a watcher, and may be sent to all of its processes at once.
  process.on("SIGUSR1", () => undefined);
  guardProcess();
  // With all that was started here: a prompt without a parent would be answered in vain.
  process.on("disconnect", () => process.kill(process.pid, "SIGTERM"));
  // Whoever works at a terminal, or has a code, need not wait until somebody comes to this prompt.
  const givesWay = wayWanted();
  const send = sender<End>();
  const report = reportBy(send, context.report);
  try {
    const end = await run({ ...context, report, patienceSeconds, givesWay });
    await send({ kind: "end", end });
  } finally {
    // Else the channel would keep this process, and the parent would wait for it.
    process.removeAllListeners("disconnect");
    if (process.connected) process.disconnect();
  }
}

/** For how long to wait until what was said can be read, in milliseconds. */
const mostUnheardMs = 1000;

type Send<End> = (report: ApartReport<End>) => Promise<void>;

function reportBy<End>(send: Send<End>, { debug }: Report): Report {
  let told = Promise.resolve();
  const tell = (report: ApartReport<End>): void => {
    told = send(report);
  };
  return {
    say: (text) => tell({ kind: "say", text }),
    sayOnce: (text) => tell({ kind: "say-once", text }),
    debug,
    // A parent whose log nobody reads hears nothing, either.
    told: () => Promise.race([told, sleep(mostUnheardMs, undefined, { ref: false })]),
  };
}

/** What it sends is sent when the parent has dealt with it: it answers in the order that they came in. */
function sender<End>(): Send<End> {
  const unheard: (() => void)[] = [];
  process.on("message", () => unheard.shift()?.());
  return (report) =>
    new Promise((resolve) => {
      unheard.push(resolve);
      process.send?.(report, (error: Error | null) => {
        // A parent that is gone needs to hear nothing.
        if (error !== null) resolve();
      });
    });
}

function noParentError(): Error {
  return usageError(
    "only awsmfa itself runs this command.",
    "Use awsmfa watch, awsmfa serve, or awsmfa refresh.",
  );
}
