import { printable, printableName } from "../printable.ts";

/** A section of an AWS file for a sentence: `[dev] of /home/alice/.aws/credentials`. */
export function sectionWords(name: string, path: string): string {
  return `[${printableName(name)}] of ${printable(path)}`;
}
