/** What a program passes to the process that gets its session: JSON, as the only argument. */
export interface RegistrarTask {
  /** Process id of the program: nobody else needs the answer. */
  readonly program: number;
  /** The profile; undefined leaves that to the environment. */
  readonly profile?: string | undefined;
  /**
   * Whether the program goes on meanwhile: whoever has a code elsewhere need not wait for this prompt, and what
   * goes wrong is for the program to say.
   */
  readonly isRenewal: boolean;
  /** Whether what goes wrong has been said before: then only who is asked hears of it. */
  readonly isQuiet: boolean;
  /** Whether the program reads the terminal itself: what is typed there is meant for it. */
  readonly readsTerminal: boolean;
}
