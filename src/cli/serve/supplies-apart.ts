import type { Context } from "../../core/context.ts";
import { ExitCode } from "../../core/errors.ts";
import type { Supplied } from "../../session/kept-session.ts";
import { RunsApart } from "../apart/runs-apart.ts";
import type { SupplyTask } from "./run-supply.ts";
import type { SupplyEnd } from "./supply-end.ts";

/** For how long to wait for a code, in seconds: others may want to ask meanwhile. */
const patienceSeconds = 120;

/** Sessions got in processes of their own, one after the other: two prompts at once could not be told apart. */
export class SuppliesApart {
  private readonly context: Context;
  private readonly runs: RunsApart<SupplyEnd>;
  private turn: Promise<unknown> = Promise.resolve();
  private isOver = false;

  /** `program` is the path of this one. */
  constructor(context: Context, program: string) {
    this.context = context;
    this.runs = new RunsApart(context, program);
  }

  /** Gets one for a profile; undefined leaves that to the environment. */
  supply(profile: string | undefined): Promise<Supplied> {
    const turn = this.turn.then(() => this.run(profile));
    this.turn = turn.catch(() => undefined);
    return turn;
  }

  /** Ends the one that is under way, and begins no other. */
  async end(signal: NodeJS.Signals): Promise<void> {
    this.isOver = true;
    await this.runs.end(signal);
  }

  private async run(profile: string | undefined): Promise<Supplied> {
    if (this.isOver) return unexpectedEnd("called off");
    // A code in a variable is good for one use, and the first session has had it.
    const { AWS_MFA_TOKEN: _used, ...env } = this.context.env;
    const task: SupplyTask = { profile, patienceSeconds };
    const run = await this.runs.run(["supply", JSON.stringify(task)], env);
    if (run.kind === "broken") return unexpectedEnd(run.fault);
    if (run.end.kind === "failed") return run.end;
    const { keys, expiration } = run.end;
    return { kind: "supplied", session: { ...keys, expiration: new Date(expiration) } };
  }
}

function unexpectedEnd(fault: string): Supplied {
  const message = `the process that renews it ended unexpectedly (${fault}).`;
  const hint = "Was awsmfa, or Node.js, updated or removed meanwhile? Start it again.";
  const failure = { code: "RenewalEnded", exitCode: ExitCode.general, message, hint } as const;
  // Somebody may have been asked before.
  return { kind: "failed", failure: { ...failure, trouble: "no-code" } };
}
