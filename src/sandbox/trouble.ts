/** What a client meets instead of the answer. */
export type Fault =
  | {
      readonly kind: "status";
      readonly status: number;
      readonly code?: string;
      readonly message?: string;
      /** Sent as it is, in place of AWS's XML: the page of a proxy, say. */
      readonly body?: string;
    }
  | { readonly kind: "throttle" }
  | { readonly kind: "drop"; readonly when: "before" | "after" };

/** Which requests a fault meets. */
export interface FaultScope {
  /** How many requests, `Infinity` for all to come (default 1). */
  readonly times?: number;
  /** Only this operation (`GetSessionToken`). */
  readonly operation?: string;
}

interface Planned {
  readonly fault: Fault;
  readonly operation: string | undefined;
  left: number;
}

/** The switches that make the sandbox misbehave, to be set at any time. */
export class Trouble {
  /** How long every answer takes. */
  latencyMs = 0;
  /** How far the server's clock, and with it every device, is ahead of the real time. */
  clockOffsetMs = 0;
  #planned: Planned[] = [];

  /** Answers with an HTTP status and, unless a body is given, an AWS error that suits it. */
  fail(fault: Omit<Extract<Fault, { kind: "status" }>, "kind"> & FaultScope): void {
    const { times, operation, ...rest } = fault;
    this.#plan({ kind: "status", ...rest }, times, operation);
  }

  /** Answers that the rate is exceeded. */
  throttle({ times, operation }: FaultScope = {}): void {
    this.#plan({ kind: "throttle" }, times, operation);
  }

  /** Hangs up before the request is handled, or after: its code is used up, the answer is lost. */
  drop(when: "before" | "after", { times, operation }: FaultScope = {}): void {
    this.#plan({ kind: "drop", when }, times, operation);
  }

  /** Puts every switch back. */
  clear(): void {
    this.latencyMs = 0;
    this.clockOffsetMs = 0;
    this.#planned = [];
  }

  /** The fault that meets this request; counts it. */
  next(operation: string): Fault | undefined {
    const planned = this.#planned.find(
      (each) => each.left > 0 && (each.operation ?? operation) === operation,
    );
    if (!planned) return undefined;
    planned.left -= 1;
    return planned.fault;
  }

  #plan(fault: Fault, times = 1, operation: string | undefined): void {
    this.#planned.push({ fault, operation, left: times });
  }
}
