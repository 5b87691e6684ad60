import type { Session } from "../core/session/session.ts";
import type { RenewalFailure } from "../core/watch/renewal-report.ts";
import { retrySeconds } from "../core/watch/retry.ts";

/** How it went to get a session. */
export type Supplied =
  | { readonly kind: "supplied"; readonly session: Session }
  | { readonly kind: "failed"; readonly failure: RenewalFailure };

/** What a kept session lives by. */
export interface KeepingMeans {
  readonly now: () => Date;
  /** Gets a session that has time left, or the one that is there where there is no way to another. */
  readonly supply: () => Promise<Supplied>;
  /** Told of a failure, and when it is tried again; of the same one after the other but once. */
  readonly onFailure: (failure: RenewalFailure, again: Date) => void;
}

/** So long before its end a session is renewed, in milliseconds: botocore wants another one by then. */
const leadMs = 900_000;

/** Between two attempts, in milliseconds. */
const leastMs = 1000;

/** A session in memory, for programs that ask for it at any time; it is renewed before it ends. */
export class KeptSession {
  private readonly means: KeepingMeans;
  private session: Session;
  private next: Date;
  private failures = 0;
  private failure: RenewalFailure | undefined;
  private underWay: Promise<void> | undefined;

  constructor(session: Session, means: KeepingMeans) {
    this.means = means;
    this.session = session;
    this.next = this.renewalOf(session);
  }

  /** When it is to be attended to. */
  get nextAttention(): Date {
    return this.next;
  }

  /** The session; where it is over the next one, or why there is none. */
  async get(): Promise<Supplied> {
    if (this.isOver()) {
      if (this.failure === undefined) this.next = this.means.now();
      await this.attend();
    }
    if (this.failure !== undefined && this.isOver())
      return { kind: "failed", failure: this.failure };
    return { kind: "supplied", session: this.session };
  }

  /** Renews it where that is due. */
  async attend(): Promise<void> {
    if (this.underWay === undefined && this.next > this.means.now()) return;
    this.underWay ??= this.renew().finally(() => (this.underWay = undefined));
    await this.underWay;
  }

  private async renew(): Promise<void> {
    const supplied = await this.means.supply();
    if (supplied.kind === "supplied") {
      this.session = supplied.session;
      this.next = this.renewalOf(supplied.session);
      this.failures = 0;
      this.failure = undefined;
      return;
    }
    const { failure } = supplied;
    const isNew = failure.code !== this.failure?.code;
    this.failure = failure;
    this.failures += 1;
    const seconds = retrySeconds(failure.trouble, this.failures, Math.random());
    this.next = new Date(this.means.now().getTime() + seconds * 1000);
    if (isNew) this.means.onFailure(failure, this.next);
  }

  private isOver(): boolean {
    return this.session.expiration <= this.means.now();
  }

  /** Of a session that has little left, another one is looked for in half of that time. */
  private renewalOf({ expiration }: Session): Date {
    const now = this.means.now().getTime();
    const left = expiration.getTime() - now;
    return new Date(now + Math.max(leastMs, left - Math.min(leadMs, left / 2)));
  }
}
