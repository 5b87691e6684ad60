import { writeSync } from "node:fs";
import { isatty } from "node:tty";
import type { Report } from "../core/context.ts";
import { ExitCode, failureText, isAwsmfaError } from "../core/errors.ts";
import { openTerminal } from "../system/terminal.ts";

/** Messages for whoever types a code at a terminal that our stderr does not lead to. */
export interface ReportWhereAsked extends Report {
  /** Says there what came of it, once somebody was asked. */
  tellAsked(error: unknown): void;
}

/**
 * The same, said on the terminal as well: SDKs keep what a `credential_process` says on stderr for themselves,
 * and that for JavaScript drops it. Who types a code wants to know why another one is asked for, and what came
 * of it.
 */
export function reportWhereAsked(report: Report): ReportWhereAsked {
  if (isatty(2)) return { ...report, tellAsked: () => undefined };
  let isAsked = false;
  const said = new Set<string>();
  return {
    ...report,
    say: (text) => {
      report.say(text);
      sayOnTerminal(text);
    },
    sayOnce: (text) => {
      report.sayOnce(text);
      if (isAsked && !said.has(text)) sayOnTerminal(text);
      said.add(text);
    },
    told: async () => {
      await report.told?.();
      isAsked = true;
    },
    tellAsked: (error) => {
      const isTold = isAwsmfaError(error) && error.exitCode !== ExitCode.interrupted;
      if (isAsked && isTold) sayOnTerminal(failureText(error));
    },
  };
}

function sayOnTerminal(text: string): void {
  const terminal = openTerminal();
  if (terminal === undefined) return;
  try {
    writeSync(terminal.output, `awsmfa: ${text}\n`);
  } catch {
    // It is gone, and nobody there to read it.
  } finally {
    terminal.close();
  }
}
