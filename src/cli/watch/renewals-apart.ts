import type { Context } from "../../core/context.ts";
import { withoutCode } from "../../core/environment.ts";
import type { RenewalEnd } from "../../core/watch/renewal-end.ts";
import type { Renewal } from "../../core/watch/watch-order.ts";
import { collectGarbage } from "../../system/small-heap.ts";
import { brokenRun } from "../../core/failure/broken-run.ts";
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
    return run.kind === "told" ? run.end : { kind: "failed", failure: brokenRun(run.fault) };
  }

  /** Ends the one that is running. */
  end(signal: NodeJS.Signals): Promise<void> {
    return this.runs.end(signal);
  }

  /** A code in a variable is good for one use. */
  private environment(): Context["env"] {
    const env = withoutCode(this.context.env);
    const { token } = this;
    this.token = undefined;
    return token === undefined ? env : { ...env, AWS_MFA_TOKEN: token };
  }
}
