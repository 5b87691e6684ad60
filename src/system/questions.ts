/** A question that waits for its answer. */
interface Question {
  readonly show: () => void;
  readonly settle: (answer: string | undefined) => void;
}

/** One question at a time, and lines that answer: those that come too early wait for the next one. */
export class Questions {
  private readonly answered: (answer: string | undefined) => void;
  private question: Question | undefined;
  private ahead: string[] = [];
  /** Whether no more lines come. */
  isOver = false;

  /** Hears of every answer before it is given. */
  constructor(answered: (answer: string | undefined) => void) {
    this.answered = answered;
  }

  /** Shows a question; its answer is undefined at the end of input. */
  put(show: () => void): Promise<string | undefined> {
    return new Promise((settle) => {
      this.question = { show, settle };
      show();
      const line = this.ahead.shift();
      if (line !== undefined || this.isOver) this.settle(line);
    });
  }

  take(line: string): void {
    if (this.question === undefined) this.ahead.push(line);
    else this.settle(line);
  }

  end(): void {
    this.isOver = true;
    if (this.question !== undefined) this.settle(undefined);
  }

  showAgain(): void {
    this.question?.show();
  }

  dropLines(): void {
    this.ahead = [];
  }

  /** Leaves the question without an answer. */
  forget(): void {
    this.question = undefined;
  }

  private settle(answer: string | undefined): void {
    const { settle } = this.question ?? {};
    this.question = undefined;
    this.answered(answer);
    settle?.(answer);
  }
}
