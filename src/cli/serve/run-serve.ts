import type { Context } from "../../core/context.ts";
import { withAssignments, type Assignment } from "../../core/child/child-env.ts";
import { endBySignal } from "../../system/end-process.ts";
import { guardProcess } from "../../system/guard-process.ts";
import { inheritedDescriptors } from "../../system/inherited-descriptors.ts";
import { runInPlace } from "../../system/run-in-place.ts";
import { writeAll } from "../../system/write-all.ts";
import { findCommand } from "../find-command.ts";
import { shellFor } from "../shell-for.ts";
import { accessAssignments } from "./access-assignments.ts";
import { EndpointServer } from "./endpoint-server.ts";
import { firstSupplies } from "./first-supplies.ts";
import { Keeper } from "./keeper.ts";
import type { ServeOptions } from "./serve.ts";
import { untilCalledOff } from "./until-called-off.ts";

/** Serves sessions for as long as a command runs, or until a signal ends it. Throws 253, 254 or 255. */
export async function runServe(
  context: Context,
  [command, ...args]: readonly string[],
  options: ServeOptions,
): Promise<void> {
  const { env } = context;
  const descriptors = inheritedDescriptors(env);
  const path = command === undefined ? undefined : findCommand(command, env);
  guardProcess();
  const supplies = await firstSupplies({ ...context, token: options.token }, options);
  const keeper = new Keeper(context, supplies, process.argv[1] ?? "");
  const endpoint = await EndpointServer.open(keeper.served);
  const [first] = supplies;
  const access = { url: endpoint.url(first.profile), token: endpoint.token };
  const assignments = accessAssignments(context, first, access);
  try {
    if (path !== undefined) {
      await runInPlace(path, args, withAssignments(env, assignments), descriptors);
      return;
    }
    print(context, options, assignments);
    for (const { profile } of supplies) {
      context.report.say(`profile ${profile} is served until ^C: ${endpoint.url(profile)}`);
    }
    endBySignal(await untilCalledOff());
  } finally {
    endpoint.close();
    await keeper.end();
  }
}

function print(
  { env }: Context,
  { shell: name }: ServeOptions,
  assignments: readonly Assignment[],
): void {
  const shell = shellFor(name, env);
  const lines = assignments.map(([name, value]) =>
    value === undefined ? shell.unset(name) : shell.set(name, value),
  );
  writeAll(1, lines.map((line) => `${line}\n`).join(""));
}
