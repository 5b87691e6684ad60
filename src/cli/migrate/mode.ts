import { openInterview, type Interview } from "../interview/interview.ts";

/** What the command line of `migrate` says. */
export interface MigrateOptions {
  readonly device?: string;
  readonly dryRun?: true;
  readonly yes?: true;
}

/** Who decides what is written. */
export type Mode =
  /** Nobody: nothing is (`--dry-run`), or it is all there. */
  | { readonly kind: "show" }
  /** Nobody: whatever is known is, and the only device that IAM lists. */
  | { readonly kind: "unasked" }
  | { readonly kind: "ask"; readonly interview: Interview }
  /** Somebody should be asked, and there is no terminal. */
  | { readonly kind: "no-terminal" };

/** Opens the terminal where somebody is to be asked: not where all is ready. */
export function openMode({ dryRun, yes }: MigrateOptions, isReady: boolean): Mode {
  if (dryRun || isReady) return { kind: "show" };
  if (yes) return { kind: "unasked" };
  const interview = openInterview();
  return interview === undefined ? { kind: "no-terminal" } : { kind: "ask", interview };
}
