import { setTimeout as sleep } from "node:timers/promises";
import type { Context } from "../../core/context.ts";
import type { Environment } from "../../core/environment.ts";
import { errorCode } from "../../system/error-code.ts";
import { runApart, type Apart } from "../../system/run-apart.ts";
import type { ApartReport } from "./apart-report.ts";

/** How a run ended: as its process has told, or else how that came to its end. */
export type ApartEnd<End> =
  | { readonly kind: "told"; readonly end: End }
  | { readonly kind: "broken"; readonly fault: string };

/** For what the terminal has told the process as well, in milliseconds. */
const interruptMs = 300;

/**
 * Runs of a command of ours in processes of their own, one at a time: whoever lives long stays small, since it
 * never loads what it takes to ask AWS, and nothing that goes wrong in them ends it.
 */
export class RunsApart<End> {
  private readonly context: Context;
  /** Path of this program. */
  private readonly program: string;
  private running: Apart | undefined;

  constructor(context: Context, program: string) {
    this.context = context;
    this.program = program;
  }

  /** Runs one to its end. */
  async run(args: readonly string[], env: Environment): Promise<ApartEnd<End>> {
    const { program } = this;
    let end: ApartEnd<End> | undefined;
    const onReport = (report: ApartReport<End>): void => {
      if (report.kind === "end") end = { kind: "told", end: report.end };
      else if (report.kind === "say") this.context.report.say(report.text);
      else this.context.report.sayOnce(report.text);
    };
    this.running = start(() => runApart({ program, args, env, onReport }));
    const fault = await this.running.ended;
    this.running = undefined;
    return end ?? { kind: "broken", fault: fault ?? "exit status 0" };
  }

  /** Ends the one that is running, with the prompt that it may show; after ^C it has a moment for that itself. */
  async end(signal: NodeJS.Signals): Promise<void> {
    const { running } = this;
    if (signal === "SIGINT") await Promise.race([running?.ended, sleep(interruptMs)]);
    if (this.running === running) await running?.end();
  }
}

/** What the system does not even begin (too many processes, no memory) has ended, too. */
function start(run: () => Apart): Apart {
  try {
    return run();
  } catch (error) {
    return { ended: Promise.resolve(errorCode(error)), end: () => Promise.resolve() };
  }
}
