import { setTimeout as sleep } from "node:timers/promises";
import type { Context, Report } from "../../core/context.ts";
import { KeptSession } from "../../session/kept-session.ts";
import { renewalNotices } from "../../session/renewal-notices.ts";
import { storedSession } from "../../session/stored-session.ts";
import type { Supply } from "../../session/supply-session.ts";
import { SuppliesApart } from "./supplies-apart.ts";

/**
 * The longest sleep, in milliseconds: no timer tells that the computer has slept, or that somebody has set its
 * clock.
 */
const mostSleepMs = 10_000;

/** Keeps sessions until it is ended, and renews them in the background. */
export class Keeper {
  /** By the names of their profiles. */
  readonly served: ReadonlyMap<string, KeptSession>;
  private readonly context: Context;
  private readonly supplies: SuppliesApart;
  private readonly over = new AbortController();
  private readonly report: Report;

  /** `program` is the path of this one. */
  constructor(context: Context, first: readonly Supply[], program: string) {
    this.context = context;
    this.supplies = new SuppliesApart(context, program);
    const { report } = context;
    // At the end of all there is nothing to say of renewals.
    this.report = { ...report, say: (text) => this.over.signal.aborted || report.say(text) };
    this.served = new Map(first.map((supply) => [supply.profile, this.kept(supply)]));
  }

  /** Renews them from now on. */
  begin(): void {
    void this.renewAll();
  }

  /** Ends that, with the prompt that it may show. */
  async end(): Promise<void> {
    this.over.abort();
    await this.supplies.end("SIGTERM");
  }

  private kept(supply: Supply): KeptSession {
    const named = nameToAskBy(supply);
    const { profile, session } = supply;
    return new KeptSession(session, {
      now: this.context.now,
      supply: () => this.supplies.supply(named),
      find: () => storedSession(this.context, named),
      ...renewalNotices({ ...this.context, report: this.report }, profile),
    });
  }

  private async renewAll(): Promise<void> {
    const { signal } = this.over;
    const all = [...this.served.values()];
    while (!signal.aborted) {
      for (const kept of all) if (!signal.aborted) await kept.attend();
      const next = Math.min(...all.map(({ nextAttention }) => nextAttention.getTime()));
      const ms = Math.min(mostSleepMs, Math.max(0, next - this.context.now().getTime()));
      await sleep(ms, undefined, { signal }).catch(() => undefined);
    }
  }
}

/** A profile's name; undefined for keys of the environment, which none means. */
function nameToAskBy({ plan, profile }: Supply): string | undefined {
  const isNameless = plan.kind === "session" && plan.request.profile === undefined;
  return isNameless ? undefined : profile;
}
