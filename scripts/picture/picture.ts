import type { Shell } from "./shell.ts";
import type { Stage } from "./stage.ts";

/** What happens before one picture is taken. */
export interface Picture {
  readonly name: string;
  /** What is to be seen, in a few words. */
  readonly title: string;
  /** The width of the terminal. */
  readonly columns: number;
  /** Prepares the home; returns a command for the shell, of which nothing is seen. */
  prepare(stage: Stage): string;
  /** Types what is to be seen. */
  play(shell: Shell, stage: Stage): Promise<void>;
}

/** As README.md has it. */
export const alias = 'alias aws="awsmfa session"';
