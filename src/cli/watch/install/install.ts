import type { ProfileFiles } from "../../../core/aws-files/profile.ts";
import type { Context } from "../../../core/context.ts";
import type { Manager } from "../../../core/daemon/daemon.ts";
import { planWatch } from "../../../core/watch/plan-watch.ts";
import type { WatchOrder } from "../../../core/watch/watch-order.ts";
import type { WatchOptions } from "../watch-options.ts";
import { argumentsOf } from "../watch-orders.ts";
import { installService } from "./install-service.ts";

/** What `awsmfa watch --install` was asked for. */
interface InstallInput {
  readonly manager: Manager;
  readonly options: WatchOptions;
  readonly orders: readonly WatchOrder[];
  readonly files: ProfileFiles;
  /** Path of awsmfa. */
  readonly script: string;
}

/** Installs the service that does what the options say. Throws 253 where it could not, and 255. */
export function install(context: Context, input: InstallInput): void {
  const { manager, options, orders, files, script } = input;
  const plans = orders.map((order) => planWatch(order, { env: context.env, files }));
  installService(context, {
    manager,
    write: options.write ?? false,
    sections: orders.map(({ target }) => target),
    withoutProcess: plans
      .filter(({ request }) => request.mfaProcess === undefined)
      .map(({ sections }) => sections.longTerm),
    args: argumentsOf(orders, options),
    program: [process.execPath, script],
  });
}
