import type { Shell } from "./shell.ts";

/** The C shell, as tcsh has it. */
export const tcsh: Shell = {
  name: "tcsh",
  programs: ["tcsh", "csh"],
  completion: undefined,
  quote,
  set: (variable, value) => `setenv ${variable} ${quote(value)};`,
  unset: (variable) => `unsetenv ${variable};`,
  fail: (exitCode) => `(exit ${exitCode});`,
  evaluate: (command) => `eval "\`${command}\`"`,
};

/**
 * Single quotes stop neither history substitution nor the end of the line; both want a backslash
 * (https://man.archlinux.org/man/tcsh.1#Lexical_structure). `!` and `\` stand outside the quotes, where
 * a backslash means the same whatever `histchars` and `backslash_quote` are.
 */
function quote(text: string): string {
  return `'${text.replaceAll(/['!\\]/g, String.raw`'\$&'`).replaceAll("\n", "\\\n")}'`;
}
