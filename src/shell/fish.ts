import type { Shell } from "./shell.ts";
import completion from "./templates/completion.fish";

/** The friendly interactive shell. */
export const fish: Shell = {
  name: "fish",
  programs: ["fish"],
  completion,
  quote,
  set: (variable, value) => `set -gx ${variable} ${quote(value)};`,
  // Of the global scope alone, where `set` puts it: without `-g` a universal variable of that name would
  // be gone for good, in every shell. Erasing what is not there has status 4.
  unset: (variable) => `set -eg ${variable}; or true;`,
  // fish has no subshells, and a `return` would end the function that evaluates this.
  fail: (exitCode) => `sh -c 'exit ${exitCode}';`,
  // Not `| source`: in a pipe, ^Z at our prompt would stop fish for good.
  evaluate: (command) => `eval (${command})`,
};

/** Its only escapes inside single quotes: https://fishshell.com/docs/current/language.html#quotes */
function quote(text: string): string {
  return `'${text.replaceAll(/[\\']/g, String.raw`\$&`)}'`;
}
