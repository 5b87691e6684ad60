import type { Shell } from "./shell.ts";
import completion from "./templates/completion.ps1";

/** PowerShell, of Windows and of everywhere else. */
export const powershell: Shell = {
  name: "powershell",
  programs: ["powershell", "pwsh"],
  completion,
  quote,
  // Up to 7.4 an empty value removes the variable: https://github.com/PowerShell/PowerShell/issues/21186
  set: (variable, value) => `$Env:${variable} = ${quote(value)};`,
  // Silent and successful, as Remove-Item is not: that leaves an error in $Error and $? false.
  // https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_environment_variables
  unset: (variable) => `$Env:${variable} = $null;`,
  fail: (exitCode) => `throw 'awsmfa: exit code ${exitCode}';`,
  evaluate: (command) => `${command} | Out-String | Invoke-Expression`,
};

/**
 * Visible ASCII in single quotes (doubled inside), anything else by its number:
 * `('caf' + [char]0xE9)`. PowerShell reads our output by the console's code page, and by many of those
 * the bytes of a harmless letter hold one of the quotes U+2018 to U+201B, which end its strings as `'`
 * does (https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_quoting_rules);
 * and it hands our output on line by line.
 */
function quote(text: string): string {
  const [, head = "", tail = ""] = /^([ -~]*)(.*)$/s.exec(text) ?? [];
  // A text first, even an empty one: two characters would not be joined.
  const terms = [literal(head), ...(tail.match(/[ -~]+|[^ -~]/g) ?? []).map(term)];
  return terms.length === 1 ? literal(head) : `(${terms.join(" + ")})`;
}

function term(part: string): string {
  if (/[ -~]/.test(part)) return literal(part);
  return `[char]0x${part.charCodeAt(0).toString(16).toUpperCase()}`;
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
