import { writeSync } from "node:fs";
import { isatty } from "node:tty";
import type { Report } from "../../core/context.ts";
import { ExitCode, isAwsmfaError } from "../../core/errors.ts";
import { openTerminal } from "../../system/terminal.ts";
import { failureText } from "../report-failure.ts";

/**
 * Does a work whose messages are said on the terminal as well: SDKs keep what a `credential_process` says on
 * stderr for themselves, and that for JavaScript drops it. Who types a code wants to know why another one is
 * asked for, and what came of it.
 */
export async function reportWhereAsked<Result>(
  report: Report,
  work: (report: Report) => Promise<Result>,
): Promise<Result> {
  if (isatty(2)) return work(report);
  let isAsked = false;
  const said = new Set<string>();
  try {
    return await work({
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
    });
  } catch (error) {
    if (isAsked && isAwsmfaError(error) && error.exitCode !== ExitCode.interrupted) {
      sayOnTerminal(failureText(error));
    }
    throw error;
  }
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
