import { ExitCode } from "../core/errors.ts";
import type { Session } from "../core/session/session.ts";
import type { Failure } from "../core/failure/failure.ts";
import { nextAttemptMs, nextLookMs } from "../core/failure/next-look.ts";
import { retrySeconds } from "../core/failure/retry.ts";
import type { SupplyOutcome } from "./supply-outcome.ts";

/** What a kept session lives by. */
export interface KeepingMeans {
  readonly now: () => Date;
  /** Gets a session that has time left, or the one that is there where there is no way to another. */
  readonly supply: () => Promise<SupplyOutcome>;
  /** The session that is stored, be it by another process; undefined unless it has time left. */
  readonly find: () => Session | undefined;
  /** Told of a failure, and when it is tried again; of the same one after the other but once. */
  readonly onFailure: (failure: Failure, again: Date) => void;
  /** Told once of a session that there is no other one of, and when that is tried again. */
  readonly onNoOther: (session: Session, again: Date) => void;
  /** Told of the first session after that. */
  readonly onRecovery: () => void;
}

/** A session in memory, for programs that ask for it at any time; it is renewed before it ends. */
export class KeptSession {
  private readonly means: KeepingMeans;
  private session: Session;
  private next: Date;
  private failures = 0;
  private failure: Failure | undefined;
  /** How many attempts in a row gave the same session. */
  private vain = 0;
  /** Whether the user knows that it is not renewed. */
  private isTold = false;
  private underWay: Promise<void> | undefined;

  constructor(session: Session, means: KeepingMeans) {
    this.means = means;
    this.session = session;
    this.next = this.nextLook(session);
    if (this.isOver(session)) this.fail(sessionOver);
  }

  /** Whether the last attempt gave no other one. */
  get isTroubled(): boolean {
    return this.isTold;
  }

  /** The session as it is now, which may be over. */
  get present(): Session {
    return this.session;
  }

  /** When it is to be attended to. */
  get nextAttention(): Date {
    return this.next;
  }

  /** The session; where it is over the next one, or why there is none. */
  async get(): Promise<SupplyOutcome> {
    if (this.isOver(this.session)) {
      if (this.failure === undefined) this.next = this.means.now();
      await this.attend();
    }
    if (this.failure !== undefined && this.isOver(this.session))
      return { kind: "failed", failure: this.failure };
    return { kind: "supplied", session: this.session };
  }

  /** Renews it where that is due, unless another process has; after a failure that may be before. */
  async attend(): Promise<void> {
    if (this.underWay === undefined) {
      const isDue = this.next <= this.means.now();
      if (!isDue && !this.isTold && this.vain === 0) return;
      if (this.takeStored() || !isDue) return;
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

  /** Whether one is stored that has time left, this one or its successor. */
  private takeStored(): boolean {
    const found = this.means.find();
    if (found === undefined || this.isOver(found)) return false;
    if (this.isNew(found)) this.take(found, () => true);
    else if (this.isTold || this.vain > 0) return false;
    else this.next = this.nextLook(found, () => true);
    return true;
  }

  private isNew({ accessKeyId }: Session): boolean {
    return accessKeyId !== this.session.accessKeyId;
  }

  private take(session: Session, isStored?: () => boolean): void {
    const wasTold = this.isTold;
    this.session = session;
    this.next = this.nextLook(session, isStored);
    this.failures = 0;
    this.vain = 0;
    this.failure = undefined;
    this.isTold = false;
    if (wasTold) this.means.onRecovery();
  }

  private goOn(): void {
    this.vain += 1;
    this.next = this.in(nextAttemptMs(this.leftMs(this.session), this.vain));
    if (this.vain > 1 && !this.isTold) {
      this.isTold = true;
      this.means.onNoOther(this.session, this.next);
    }
  }

  private fail(failure: Failure): void {
    const isNew = failure.code !== this.failure?.code;
    this.failure = failure;
    this.failures += 1;
    const seconds = retrySeconds(failure.trouble, this.failures, Math.random());
    this.next = this.in(seconds * 1000);
    this.isTold = true;
    if (isNew) this.means.onFailure(failure, this.next);
  }

  private isOver(session: Session): boolean {
    return this.leftMs(session) <= 0;
  }

  private nextLook(
    session: Session,
    isStored = () => this.means.find()?.accessKeyId === session.accessKeyId,
  ): Date {
    return this.in(nextLookMs(this.leftMs(session), isStored));
  }

  private leftMs({ expiration }: Session): number {
    return expiration.getTime() - this.means.now().getTime();
  }

  private in(ms: number): Date {
    return new Date(this.means.now().getTime() + ms);
  }
}

/** Each new one would be, and somebody would be asked for each. */
const sessionOver: Failure = {
  code: "SessionOver",
  exitCode: ExitCode.configuration,
  message: "the new session is over already, by the clock of this computer.",
  hint: "Set its clock.",
  trouble: "no-code",
};
