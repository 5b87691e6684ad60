/** A lock in hand; it dies with its holder. */
export interface Lock {
  release(): void;
}

/** One attempt at a lock file: in hand, or held by another process that is named where it can be. */
export type LockAttempt = { kind: "held"; lock: Lock } | { kind: "busy"; holder: Holder };

/** Who holds a lock: what it wrote about itself. */
export interface Holder {
  readonly pid: number | undefined;
  /** When it began, as `processStart` tells it. */
  readonly started: number | undefined;
  /** Device number of the terminal its user sees. */
  readonly terminal: number | undefined;
  /** Whether it lets go of the lock, as soon as it can, for whoever asks it to. */
  readonly givesWay: boolean;
}

/** What a holder leaves word of, besides who it is. */
export type Manners = Partial<Pick<Holder, "givesWay">>;

/** Tries once, at once. Throws the system's error where no lock file can be made. */
export type LockMethod = (path: string, manners?: Manners) => LockAttempt;
