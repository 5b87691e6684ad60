import type { Context } from "../../core/context.ts";
import { withAssignments } from "../../core/child/child-env.ts";
import { printableName } from "../../core/printable.ts";
import type { Shell } from "../../shell/shell.ts";
import { guardProcess } from "../../system/guard-process.ts";
import { inheritedDescriptors } from "../../system/inherited-descriptors.ts";
import { runChild, type ChildEnd } from "../../system/run-child.ts";
import { endInPlace } from "../../system/run-in-place.ts";
import { writeAll } from "../../system/write-all.ts";
import { findCommand } from "../find-command.ts";
import { shellLines } from "../shell-lines.ts";
import { accessAssignments, accessElsewhere } from "./access-assignments.ts";
import { firstSupplies } from "./first-supplies.ts";
import { serveDuring, type Serving } from "./serve-during.ts";
import { untilCalledOff } from "./until-called-off.ts";

/** What is to be served, and to whom. */
interface ServeInput {
  readonly profile?: readonly string[];
  readonly token?: string;
  /** A program and its arguments; empty where the assignments are to be printed. */
  readonly command: readonly string[];
  /** The shell to print them for. */
  readonly shell: () => Shell;
}

/** Serves sessions for as long as a command runs, or until a signal ends it. Throws 253, 254 or 255. */
export async function runServe(
  context: Context,
  { profile = [], token, command: [command, ...args], shell }: ServeInput,
): Promise<void> {
  const { env } = context;
  const descriptors = inheritedDescriptors(env);
  const path = command === undefined ? undefined : findCommand(command, env);
  guardProcess();
  const supplies = await firstSupplies({ ...context, token }, profile);
  const end = await serveDuring(context, supplies, async (serving): Promise<ChildEnd> => {
    const [first] = supplies;
    if (path !== undefined) {
      const assignments = accessAssignments(context, first, serving.access);
      return runChild(path, args, withAssignments(env, assignments), descriptors);
    }
    writeAll(1, shellLines(shell(), accessElsewhere(context, first, serving.access)));
    tellWhere(context, serving);
    return { kind: "signal", signal: await untilCalledOff() };
  });
  // Not before all has been put away: it may be by a signal.
  endInPlace(path ?? "", end);
}

function tellWhere({ report }: Context, { urls }: Serving): void {
  for (const [profile, url] of urls) {
    report.say(`profile ${printableName(profile)} is served until ^C: ${url}`);
  }
  report.say(
    "those lines are for another terminal, or host. For one program: awsmfa serve -- command",
  );
}
