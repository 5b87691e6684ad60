import { ExitCode } from "../core/errors.ts";
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
  /** The session that is stored, be it by another process; undefined where there is none to use. */
  readonly find: () => Session | undefined;
  /** Told of a failure, and when it is tried again; of the same one after the other but once. */
  readonly onFailure: (failure: RenewalFailure, again: Date) => void;
  /** Told once of a session that there is no other one of, and when that is tried again. */
  readonly onNoOther: (session: Session, again: Date) => void;
  /** Told of the first session after that. */
  readonly onRecovery: () => void;
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
  /** Whether the user knows that it is not renewed. */
  private isTold = false;
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
    if (this.isOver(this.session)) {
      if (this.failure === undefined) this.next = this.means.now();
      await this.attend();
    }
    if (this.failure !== undefined && this.isOver(this.session))
      return { kind: "failed", failure: this.failure };
    return { kind: "supplied", session: this.session };
  }

  /** Renews it where that is due; after a failure another process may do so before. */
  async attend(): Promise<void> {
    if (this.underWay === undefined && this.next > this.means.now()) {
      if (this.isTold) this.lookForAnother();
      return;
    }
    this.underWay ??= this.renew().finally(() => (this.underWay = undefined));
    await this.underWay;
  }

  private async renew(): Promise<void> {
    const supplied = await this.means.supply();
    if (supplied.kind === "failed") this.fail(supplied.failure);
    else if (this.isOver(supplied.session)) this.fail(sessionOver);
    else if (this.isNew(supplied.session)) this.take(supplied.session);
    else this.goOn();
  }

  private lookForAnother(): void {
    const found = this.means.find();
    if (found !== undefined && this.isNew(found)) this.take(found);
  }

  private isNew({ accessKeyId }: Session): boolean {
    return accessKeyId !== this.session.accessKeyId;
  }

  private take(session: Session): void {
    const wasTold = this.isTold;
    this.session = session;
    this.next = this.renewalOf(session);
    this.failures = 0;
    this.failure = undefined;
    this.isTold = false;
    if (wasTold) this.means.onRecovery();
  }

  private goOn(): void {
    this.next = this.renewalOf(this.session);
    if (!this.isTold) this.means.onNoOther(this.session, this.next);
    this.isTold = true;
  }

  private fail(failure: RenewalFailure): void {
    const isNew = failure.code !== this.failure?.code;
    this.failure = failure;
    this.failures += 1;
    const seconds = retrySeconds(failure.trouble, this.failures, Math.random());
    this.next = new Date(this.means.now().getTime() + seconds * 1000);
    this.isTold = true;
    if (isNew) this.means.onFailure(failure, this.next);
  }

  private isOver({ expiration }: Session): boolean {
    return expiration <= this.means.now();
  }

  /** Of a session that has little left, another one is looked for in half of that time. */
  private renewalOf({ expiration }: Session): Date {
    const now = this.means.now().getTime();
    const left = expiration.getTime() - now;
    return new Date(now + Math.max(leastMs, left - Math.min(leadMs, left / 2)));
  }
}

/** Each new one would be, and somebody would be asked for each. */
const sessionOver: RenewalFailure = {
  code: "SessionOver",
  exitCode: ExitCode.configuration,
  message: "the new session is over already, by the clock of this computer.",
  hint: "Set its clock.",
  trouble: "no-code",
};
