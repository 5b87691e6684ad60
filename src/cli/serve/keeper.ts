import { setTimeout as sleep } from "node:timers/promises";
import type { Context } from "../../core/context.ts";
import { printableName } from "../../core/printable.ts";
import type { RenewalFailure } from "../../core/watch/renewal-report.ts";
import { KeptSession } from "../../session/kept-session.ts";
import type { Supply } from "../../session/supply-session.ts";
import { localTime } from "../time-words.ts";
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

  /** `program` is the path of this one. */
  constructor(context: Context, first: readonly Supply[], program: string) {
    this.context = context;
    this.supplies = new SuppliesApart(context, program);
    this.served = new Map(first.map((supply) => [supply.profile, this.kept(supply)]));
    void this.renewAll();
  }

  /** Ends it, with the prompt that it may show. */
  async end(): Promise<void> {
    this.over.abort();
    await this.supplies.end("SIGTERM");
  }

  private kept({ profile, session }: Supply): KeptSession {
    return new KeptSession(session, {
      now: this.context.now,
      supply: () => this.supplies.supply(profile),
      onFailure: (failure, again) => this.tell(profile, failure, again),
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

  private tell(profile: string, { message, hint }: RenewalFailure, again: Date): void {
    if (this.over.signal.aborted) return;
    const { report, now } = this.context;
    const lines = [
      `the session of profile ${printableName(profile)} is not renewed: ${message}`,
      ...(hint === undefined ? [] : [hint]),
      `Trying again at ${localTime(again, now())}, and later.`,
    ];
    report.say(lines.join("\n  "));
  }
}
