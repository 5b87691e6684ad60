/**
 * A program's plain name from what systems call a process: `-zsh` of a login shell, `/bin/zsh-5.9`,
 * `PowerShell.EXE`, and `/usr/bin/fish (deleted)` after an upgrade that it has outlived.
 */
export function programName(process: string): string {
  return process
    .trim()
    .replace(/ \(deleted\)$/, "")
    .replace(/^.*[/\\]/s, "")
    .replace(/^-/, "")
    .toLowerCase()
    .replace(/\.exe$/, "")
    .replace(/-?\d[\w.+~-]*$/, "")
    .replace(/-(static|preview|beta)$/, "");
}
