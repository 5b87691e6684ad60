import { configurationError } from "../../core/errors.ts";
import { tell } from "../tell.ts";
import { isEndOfInput, openInterview, type Interview } from "./interview.ts";

/** What a command line that changes a file says of asking. */
export interface ModeOptions {
  readonly dryRun?: true | undefined;
  readonly yes?: true | undefined;
}

/** Who decides what is written. */
export type Mode =
  /** Nobody: nothing is (`--dry-run`), or it is all there. */
  | { readonly kind: "show" }
  /** Nobody: whatever is known is (`--yes`). */
  | { readonly kind: "unasked" }
  | { readonly kind: "ask"; readonly interview: Interview }
  /** Somebody should be asked, and there is no terminal. */
  | { readonly kind: "no-terminal" };

/**
 * Does something with the terminal open where somebody is to be asked: not where all is ready. The end of
 * input is a no.
 */
export async function inMode(
  options: ModeOptions,
  isReady: boolean,
  act: (mode: Mode) => Promise<void>,
): Promise<void> {
  const mode = openMode(options, isReady);
  try {
    await act(mode);
  } catch (error) {
    if (!isEndOfInput(error)) throw error;
    tell(nothingWritten);
  } finally {
    if (mode.kind === "ask") mode.interview.close();
  }
}

function openMode({ dryRun, yes }: ModeOptions, isReady: boolean): Mode {
  if (dryRun || isReady) return { kind: "show" };
  if (yes) return { kind: "unasked" };
  const interview = openInterview();
  return interview === undefined ? { kind: "no-terminal" } : { kind: "ask", interview };
}

/** Whether what was shown is to be written. Throws 253 where there is nobody to ask. */
export async function isWanted(mode: Mode): Promise<boolean> {
  if (mode.kind === "no-terminal") throw noTerminalError();
  return mode.kind !== "ask" || mode.interview.confirm("Write this?");
}

/** What is told after a no. */
export const nothingWritten = "Nothing was written.";

function noTerminalError(): Error {
  return configurationError(
    "NoTerminal",
    "there is no terminal to ask on whether to write this: nothing was written.",
    { hint: "Run it on a terminal, or with --yes, which writes without asking." },
  );
}
