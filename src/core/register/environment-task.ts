/** What a program passes to the process that asks for its session: JSON, as the only argument. */
export interface EnvironmentTask {
  /** Process id of the program: nobody else needs the answer. */
  readonly program: number;
  /** The profile; undefined leaves that to the environment. */
  readonly profile?: string | undefined;
  /** Whether the program goes on meanwhile: whoever has a code elsewhere need not wait for this prompt. */
  readonly isRenewal: boolean;
  /** Whether the program reads the terminal itself: what is typed there is meant for it. */
  readonly readsTerminal: boolean;
}
