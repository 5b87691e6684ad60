import { setTimeout as sleep } from "node:timers/promises";
import type { Context } from "../../core/context.ts";
import { printableName } from "../../core/printable.ts";
import { KeptSession } from "../../session/kept-session.ts";
import { storedSupply } from "../../session/stored-supply.ts";
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
    const whose = `the session of profile ${printableName(supply.profile)}`;
    return new KeptSession(supply.session, {
      now: this.context.now,
      supply: () => this.supplies.supply(named),
      find: () => storedSupply(this.context, named),
      onFailure: ({ message, hint }, again) =>
        this.tell(`${whose} is not renewed: ${message}`, hint, this.again(again)),
      onNoOther: ({ expiration }, again) =>
        this.tell(
          `${whose} ends at ${this.time(expiration)}, and there is no other one yet.`,
          this.again(again),
        ),
      onRecovery: () => this.tell(`${whose} is renewed.`),
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

  private again(time: Date): string {
    return `Trying again at ${this.time(time)}, and later.`;
  }

  private time(time: Date): string {
    return localTime(time, this.context.now());
  }

  private tell(...lines: readonly (string | undefined)[]): void {
    if (this.over.signal.aborted) return;
    this.context.report.say(lines.filter((line) => line !== undefined).join("\n  "));
  }
}

/** A profile's name; undefined for keys of the environment, which none means. */
function nameToAskBy({ plan, profile }: Supply): string | undefined {
  const isNameless = plan.kind === "session" && plan.request.profile === undefined;
  return isNameless ? undefined : profile;
}
