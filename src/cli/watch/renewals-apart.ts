import { setTimeout as sleep } from "node:timers/promises";
import type { Context } from "../../core/context.ts";
import { ExitCode } from "../../core/errors.ts";
import type { RenewalEnd, RenewalReport } from "../../core/watch/renewal-report.ts";
import type { Renewal } from "../../core/watch/watch-order.ts";
import { collectGarbage } from "../../system/small-heap.ts";
import { errorCode } from "../../system/error-code.ts";
import { runApart, type Apart } from "../../system/run-apart.ts";
import type { RenewalTask } from "./run-renewal.ts";

/** For what the terminal has told the renewal as well, in milliseconds. */
const interruptMs = 300;

interface Settings {
  /** Path of this program. */
  readonly program: string;
  readonly patienceSeconds: number;
}

/**
 * Renewals in processes of their own: the watcher stays small, since it never loads what it takes to ask AWS,
 * and nothing that goes wrong in them ends it.
 */
export class RenewalsApart {
  private readonly context: Context;
  private readonly settings: Settings;
  private running: Apart | undefined;
  private token: string | undefined;

  constructor(context: Context, settings: Settings) {
    this.context = context;
    this.settings = settings;
    this.token = context.env["AWS_MFA_TOKEN"];
  }

  /** Runs one to its end. */
  async renew(renewal: Renewal): Promise<RenewalEnd> {
    const { program, patienceSeconds } = this.settings;
    const task: RenewalTask = { ...renewal, patienceSeconds };
    let end: RenewalEnd | undefined;
    const onReport = (report: RenewalReport): void => {
      if (report.kind === "renewed" || report.kind === "failed") end = report;
      else if (report.kind === "say") this.context.report.say(report.text);
      else this.context.report.sayOnce(report.text);
    };
    const args = ["renew", JSON.stringify(task)];
    this.running = start(() => runApart({ program, args, env: this.environment(), onReport }));
    const fault = await this.running.ended;
    this.running = undefined;
    collectGarbage();
    return end ?? unexpectedEnd(fault);
  }

  /** Ends the one that is running, with the prompt that it may show; after ^C it has a moment for that itself. */
  async end(signal: NodeJS.Signals): Promise<void> {
    const { running } = this;
    if (signal === "SIGINT") await Promise.race([running?.ended, sleep(interruptMs)]);
    if (this.running === running) await running?.end();
  }

  /** A code in a variable is good for one use. */
  private environment(): Context["env"] {
    const { AWS_MFA_TOKEN: _used, ...env } = this.context.env;
    const { token } = this;
    this.token = undefined;
    return token === undefined ? env : { ...env, AWS_MFA_TOKEN: token };
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

function unexpectedEnd(fault = "exit status 0"): RenewalEnd {
  const message = `the process that renews it ended unexpectedly (${fault}).`;
  const hint = "Was awsmfa, or Node.js, updated or removed meanwhile? Start the watcher again.";
  const failure = { code: "RenewalEnded", exitCode: ExitCode.general, message, hint } as const;
  // Somebody may have been asked before.
  return { kind: "failed", failure: { ...failure, trouble: "no-code" } };
}
