import type { Context } from "../../core/context.ts";
import { ExitCode } from "../../core/errors.ts";
import type { RenewalEnd } from "../../core/watch/renewal-report.ts";
import type { Renewal } from "../../core/watch/watch-order.ts";
import { collectGarbage } from "../../system/small-heap.ts";
import { RunsApart } from "../apart/runs-apart.ts";
import type { RenewalTask } from "./run-renewal.ts";

interface Settings {
  /** Path of this program. */
  readonly program: string;
  readonly patienceSeconds: number;
}

/** Renewals of sections in processes of their own. */
export class RenewalsApart {
  private readonly context: Context;
  private readonly patienceSeconds: number;
  private readonly runs: RunsApart<RenewalEnd>;
  private token: string | undefined;

  constructor(context: Context, { program, patienceSeconds }: Settings) {
    this.context = context;
    this.patienceSeconds = patienceSeconds;
    this.runs = new RunsApart(context, program);
    this.token = context.env["AWS_MFA_TOKEN"];
  }

  /** Runs one to its end. */
  async renew(renewal: Renewal): Promise<RenewalEnd> {
    const task: RenewalTask = { ...renewal, patienceSeconds: this.patienceSeconds };
    const run = await this.runs.run(["renew", JSON.stringify(task)], this.environment());
    collectGarbage();
    return run.kind === "told" ? run.end : unexpectedEnd(run.fault);
  }

  /** Ends the one that is running. */
  end(signal: NodeJS.Signals): Promise<void> {
    return this.runs.end(signal);
  }

  /** A code in a variable is good for one use. */
  private environment(): Context["env"] {
    const { AWS_MFA_TOKEN: _used, ...env } = this.context.env;
    const { token } = this;
    this.token = undefined;
    return token === undefined ? env : { ...env, AWS_MFA_TOKEN: token };
  }
}

function unexpectedEnd(fault: string): RenewalEnd {
  const message = `the process that renews it ended unexpectedly (${fault}).`;
  const hint = "Was awsmfa, or Node.js, updated or removed meanwhile? Start the watcher again.";
  const failure = { code: "RenewalEnded", exitCode: ExitCode.general, message, hint } as const;
  // Somebody may have been asked before.
  return { kind: "failed", failure: { ...failure, trouble: "no-code" } };
}
