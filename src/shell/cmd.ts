import { configurationError } from "../core/errors.ts";
import type { Shell } from "./shell.ts";

/** Characters that a line may have: https://learn.microsoft.com/troubleshoot/windows-client/shell-experience/command-line-string-limitation */
const longestLine = 8191;

/**
 * The command interpreter of Windows. A statement is a line of its own without `;`, which would join
 * the value; an empty value removes the variable, since cmd has no empty ones.
 */
export const cmd: Shell = {
  name: "cmd",
  programs: ["cmd"],
  completion: undefined,
  quote: (text) => line(`"${text}"`, text),
  set: (variable, value) => line(`set "${variable}=${value}"`, value),
  unset: (variable) => `set "${variable}="`,
  fail: (exitCode) => `cmd /c exit ${exitCode}`,
  evaluate: (command) => `for /f "delims=" %i in ('${command}') do @%i`,
};

/**
 * Refuses what has no spelling that both a batch file and `for /f … do @%i` read alike: `"` ends the
 * quotes, `%` and (with delayed expansion) `!` expand in one of them alone, and the rest end the line,
 * as ^Z does too (https://stackoverflow.com/a/4095133, phases 0 to 5).
 */
function line(statement: string, text: string): string {
  if (/["%!\r\n\x1A]/.test(text)) {
    throw unwritable('has a character that cmd cannot take: " % ! or a line end');
  }
  if (statement.length > longestLine) {
    throw unwritable(`is longer than cmd's lines, ${longestLine} characters`);
  }
  return statement;
}

/** Without the text: it may be a secret. */
function unwritable(why: string): Error {
  return configurationError("UnwritableForCmd", `a value ${why}.`, {
    hint: "Use PowerShell, whose syntax --shell powershell prints.",
  });
}
