import type { Context } from "../core/context.ts";
import { isSwitchedOn, type Environment } from "../core/environment.ts";
import { stderrReport } from "./report.ts";

/** What this process gives to every part of it: that environment, the clock, and stderr. */
export function ownContext(env: Environment): Context {
  const report = stderrReport({ debugging: isSwitchedOn(env, "AWS_MFA_DEBUG") });
  return { env, now: () => new Date(), report };
}
