import { printable, printableName } from "../printable.ts";

/** Names of sections for a sentence: `[dev] and [prod]`. */
export function bracketed(names: readonly string[]): string {
  return names.map((name) => `[${printable(name)}]`).join(" and ");
}

/** A section of an AWS file for a sentence: `[dev] of /home/alice/.aws/credentials`. */
export function sectionWords(name: string, path: string): string {
  return `[${printableName(name)}] of ${printable(path)}`;
}
