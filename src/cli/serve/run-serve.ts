import type { Context } from "../../core/context.ts";
import { withAssignments, type Assignment } from "../../core/child/child-env.ts";
import { printableName } from "../../core/printable.ts";
import { guardProcess } from "../../system/guard-process.ts";
import { inheritedDescriptors } from "../../system/inherited-descriptors.ts";
import { runChild, type ChildEnd } from "../../system/run-child.ts";
import { endInPlace } from "../../system/run-in-place.ts";
import { writeAll } from "../../system/write-all.ts";
import { findCommand } from "../find-command.ts";
import { shellFor } from "../shell-for.ts";
import { accessAssignments } from "./access-assignments.ts";
import { firstSupplies } from "./first-supplies.ts";
import { serveDuring, type Serving } from "./serve-during.ts";
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
  const end = await serveDuring(context, supplies, async (serving): Promise<ChildEnd> => {
    const assignments = accessAssignments(context, supplies[0], serving.access);
    if (path !== undefined) {
      return runChild(path, args, withAssignments(env, assignments), descriptors);
    }
    print(context, options, assignments);
    tellWhere(context, serving);
    return { kind: "signal", signal: await untilCalledOff() };
  });
  // Not before all has been put away: it may be by a signal.
  endInPlace(path ?? "", end);
}

function print(
  { env }: Context,
  { shell: name }: ServeOptions,
  assignments: readonly Assignment[],
): void {
  const shell = shellFor(name, env);
  const lines = assignments.map(([variable, value]) =>
    value === undefined ? shell.unset(variable) : shell.set(variable, value),
  );
  writeAll(1, lines.map((line) => `${line}\n`).join(""));
}

function tellWhere({ report }: Context, { urls }: Serving): void {
  for (const [profile, url] of urls) {
    report.say(`profile ${printableName(profile)} is served until ^C: ${url}`);
  }
}
