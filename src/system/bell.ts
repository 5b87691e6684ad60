import type { Moment } from "../core/watch/deadline.ts";

/** What signals mean to a program that runs on its own. */
interface Meaning {
  /** They end it. */
  readonly end: readonly NodeJS.Signals[];
  /** It is to do at once what it would do in time. */
  readonly ask: readonly NodeJS.Signals[];
  /** It is to see whether anything has changed. */
  readonly look: readonly NodeJS.Signals[];
}

type SignalListener = (signal: NodeJS.Signals) => void;

/** Sleeps until a signal wakes it, and remembers what the signal wanted. */
export class Bell {
  /** What has ended the program. */
  ended: NodeJS.Signals | undefined;
  #asked: Moment | undefined;
  #isToLook = false;
  #wake: () => void = () => undefined;

  /** Listens from now on. `onEnd` is called once, `onEndAgain` when somebody does not want to wait. */
  constructor(
    { end, ask, look }: Meaning,
    {
      moment,
      onEnd,
      onEndAgain,
    }: { moment: () => Moment; onEnd: SignalListener; onEndAgain: SignalListener },
  ) {
    this.#listen(end, (signal) => {
      if (this.ended !== undefined) return onEndAgain(signal);
      this.ended = signal;
      onEnd(signal);
    });
    this.#listen(ask, () => {
      this.#asked ??= moment();
    });
    this.#listen(look, () => {
      this.#isToLook = true;
    });
  }

  get isOver(): boolean {
    return this.ended !== undefined;
  }

  takeAsked(): Moment | undefined {
    const asked = this.#asked;
    this.#asked = undefined;
    return asked;
  }

  takeLook(): boolean {
    const isToLook = this.#isToLook;
    this.#isToLook = false;
    return isToLook;
  }

  /** At most that many milliseconds; none where something is wanted already. */
  sleep(ms: number): Promise<void> {
    if (this.isOver || this.#asked !== undefined || this.#isToLook) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  #listen(signals: readonly NodeJS.Signals[], act: (signal: NodeJS.Signals) => void): void {
    for (const signal of signals) {
      process.on(signal, () => {
        act(signal);
        this.#wake();
      });
    }
  }
}
