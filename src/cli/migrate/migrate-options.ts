import type { ModeOptions } from "../interview/mode.ts";

/** What the command line of `migrate` says. */
export interface MigrateOptions extends ModeOptions {
  readonly device?: string;
}
