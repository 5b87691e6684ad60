import type { Context } from "../../core/context.ts";
import { withoutCode } from "../../core/environment.ts";
import { sessionFrom } from "../../core/session/session-text.ts";
import type { SupplyOutcome } from "../../session/supply-outcome.ts";
import { backgroundPatienceSeconds } from "../apart/background-patience.ts";
import { brokenRun } from "../../core/failure/broken-run.ts";
import { RunsApart } from "../apart/runs-apart.ts";
import type { SupplyTask } from "./run-supply.ts";
import type { SupplyEnd } from "./supply-end.ts";

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
  supply(profile: string | undefined): Promise<SupplyOutcome> {
    const turn = this.turn.then(() => this.run(profile));
    this.turn = turn.catch(() => undefined);
    return turn;
  }

  /** Ends the one that is under way, and begins no other. */
  async end(signal: NodeJS.Signals): Promise<void> {
    this.isOver = true;
    await this.runs.end(signal);
  }

  private async run(profile: string | undefined): Promise<SupplyOutcome> {
    if (this.isOver) return { kind: "failed", failure: brokenRun("called off") };
    const env = withoutCode(this.context.env);
    const task: SupplyTask = { profile, patienceSeconds: backgroundPatienceSeconds };
    const run = await this.runs.run(["supply", JSON.stringify(task)], env);
    if (run.kind === "broken") return { kind: "failed", failure: brokenRun(run.fault) };
    if (run.end.kind === "failed") return run.end;
    return { kind: "supplied", session: sessionFrom(run.end.session) };
  }
}
