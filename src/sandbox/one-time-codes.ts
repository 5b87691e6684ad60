import { HOTP, Secret } from "otpauth";
import type { MfaDevice } from "./sandbox-options.ts";

const STEP_MS = 30_000;
// AWS takes the code of the step before and of the step after as well: clocks of devices drift.
const WINDOW = [0, 1, -1];

/** The one-time codes (RFC 6238: SHA-1, six digits, 30 s) of one device, each accepted once. */
export class OneTimeCodes {
  readonly #secret: Secret;
  readonly #clock: () => number;
  readonly #used = new Set<number>();
  #stepsAhead = 0;

  /** `clock` tells the time in milliseconds since 1970. */
  constructor(device: MfaDevice, clock: () => number) {
    this.#secret = Secret.fromBase32(device.secret);
    this.#clock = clock;
  }

  /** The code that the device shows now, used already or not. */
  current(): string {
    return this.#codeOf(this.#step());
  }

  /**
   * A code that is accepted now and for 30 seconds more at least. Where those are used up, this
   * device moves on to its next one without waiting; the server's own clock stays as it is.
   */
  fresh(): string {
    const now = this.#step();
    const unused = [now, now + 1].find((step) => !this.#used.has(step));
    if (unused !== undefined) return this.#codeOf(unused);
    this.#stepsAhead += 1;
    return this.fresh();
  }

  /** Six digits that are no code of any step in the window. */
  wrong(): string {
    const right = new Set(WINDOW.map((offset) => this.#codeOf(this.#step() + offset)));
    return ["000000", "111111", "222222"].find((code) => !right.has(code)) ?? "333333";
  }

  /** Uses up a code; false when it is wrong or was used before. */
  accept(code: string): boolean {
    const step = WINDOW.map((offset) => this.#step() + offset).find(
      (step) => !this.#used.has(step) && this.#codeOf(step) === code,
    );
    if (step === undefined) return false;
    this.#used.add(step);
    return true;
  }

  #step(): number {
    return Math.floor(this.#clock() / STEP_MS) + this.#stepsAhead;
  }

  #codeOf(step: number): string {
    return HOTP.generate({ secret: this.#secret, counter: step });
  }
}

/** Whole seconds until devices show their next code, 1..30. */
export function secondsLeft(now: number): number {
  return Math.ceil((STEP_MS - (now % STEP_MS)) / 1000);
}
