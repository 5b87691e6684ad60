import { readAwsFiles, type AwsFiles } from "../../aws/files/profiles.ts";
import type { Context } from "../../core/context.ts";
import { wholeSeconds } from "../../core/duration.ts";
import { usageError } from "../../core/errors.ts";
import type { WatchOrder } from "../../core/watch/watch-order.ts";
import { checkOrder } from "../../session/watch/check-order.ts";
import { holdSections } from "../../session/watch/hold-sections.ts";
import { leaveUnoptimized } from "../../system/small-heap.ts";
import { whatHidesIt } from "../what-hides-it.ts";
import type { WatchOptions } from "./watch-options.ts";
import { watchOrders } from "./watch-orders.ts";
import { watchUntilCalledOff } from "./watch-until-called-off.ts";

/** For how long to wait for an answer, in seconds. */
const promptSeconds = { usual: 120, least: 1, most: 86_400 };

/** Keeps sections fresh until a signal ends it, or once, or installs a service that does. */
export async function runWatch(context: Context, options: WatchOptions): Promise<void> {
  const { install: manager, once: isOnce = false, json = false } = options;
  if (options.write && manager === undefined) throw placeError();
  if (manager === undefined && !isOnce) leaveUnoptimized();
  const awsFiles = readAwsFiles(context.env);
  const { files } = awsFiles;
  const orders = watchOrders(options, { env: context.env, files });
  const patienceSeconds = promptSecondsOf(options);
  const program = process.argv[1] ?? "";
  if (manager !== undefined) {
    const { install } = await import("./install/install.ts");
    return install(context, { manager, options, orders, files, script: program });
  }
  checkOrders(context, orders, awsFiles);
  const targets = orders.map(({ target }) => target);
  const lock = await holdSections(context, targets);
  try {
    await watchUntilCalledOff(context, orders, { isOnce, json, program, patienceSeconds });
  } finally {
    lock.release();
  }
}

function promptSecondsOf({ promptTimeout }: WatchOptions): number {
  if (!promptTimeout) return promptSeconds.usual;
  return wholeSeconds("--prompt-timeout", promptTimeout, promptSeconds);
}

function checkOrders(context: Context, orders: readonly WatchOrder[], awsFiles: AwsFiles): void {
  for (const order of orders) {
    checkOrder(context, order, awsFiles);
    const hidden = whatHidesIt(context.env, awsFiles.files.find(order.target), order.target);
    if (hidden !== undefined) context.report.say(hidden);
  }
}

function placeError(): Error {
  return usageError(
    "--write puts a service in its place, and none is asked for.",
    "Say which: --install systemd, or --install launchd.",
  );
}
