import type { Context } from "../../core/context.ts";

/** placeholder */
export function runDemo(context: Context): void {
  context.report.say("demo");
}
