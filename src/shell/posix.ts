import { quotedWord } from "../core/shell-word.ts";
import type { Shell, ShellName } from "./shell.ts";

/**
 * A shell of the POSIX family. Every statement ends with `;`: people eval the output unquoted, which
 * makes spaces of the line ends.
 */
export function posixShell(name: ShellName, ...otherPrograms: readonly string[]): Shell {
  return {
    name,
    programs: [name, ...otherPrograms],
    completion: undefined,
    quote: quotedWord,
    set: (variable, value) => `export ${variable}=${quotedWord(value)};`,
    unset: (variable) => `unset ${variable};`,
    // A subshell: `exit` alone would end the user's.
    fail: (exitCode) => `(exit ${exitCode});`,
    evaluate: (command) => `eval "$(${command})"`,
  };
}
