import { writeSync } from "node:fs";
import { isatty } from "node:tty";
import type { Report } from "../../core/context.ts";
import { openTerminal } from "../../system/terminal.ts";

/**
 * The same, said on the terminal as well: SDKs keep what a `credential_process` says on stderr for themselves,
 * and who types a code wants to know why another one is asked for.
 */
export function reportWhereAsked(report: Report): Report {
  if (isatty(2)) return report;
  return {
    ...report,
    say: (text) => {
      report.say(text);
      sayOnTerminal(text);
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
