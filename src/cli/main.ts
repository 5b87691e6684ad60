import type { Environment } from "../core/environment.ts";
import { ownContext } from "../system/own-context.ts";
import { reportFailure } from "./report-failure.ts";
import { runSession } from "./session.ts";

/**
 * The whole program. `session` stands on the straight line: what follows it is meant for `aws` and
 * parsed by nobody here. All other commands come from a bundle of their own.
 */
export async function main(args: readonly string[], env: Environment): Promise<void> {
  const context = ownContext(env);
  const [command, ...rest] = args;
  try {
    if (command === "session") await runSession(rest, context);
    else await (await import("./commands.ts")).runCommand(args, context);
  } catch (error) {
    reportFailure(error, context);
  }
}
