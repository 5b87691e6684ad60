/** The shells we speak. */
export type ShellName = "bash" | "zsh" | "sh" | "fish" | "powershell" | "cmd" | "tcsh";

/** What a shell needs to be told, in its own syntax; names of variables are taken as they are. */
export interface Shell {
  readonly name: ShellName;
  /** Names of the programs that speak it, as a parent process is called (`pwsh`, `dash`). */
  readonly programs: readonly string[];
  /** What makes it complete our command line; undefined where it cannot, or not well enough. */
  readonly completion: string | undefined;
  /** A text as one word, whatever it holds. */
  quote(text: string): string;
  /** Statement that sets and exports a variable. */
  set(name: string, value: string): string;
  /** Statement that removes a variable; harmless and successful where there is none. */
  unset(name: string): string;
  /** Statement that does nothing but leave a failing status. */
  fail(exitCode: number): string;
  /** What somebody types to have it take over what a command prints. */
  evaluate(command: string): string;
}
