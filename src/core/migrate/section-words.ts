import { printable } from "../printable.ts";
import type { LaidOutSection } from "./laid-out-sections.ts";

/** Names of sections for a sentence. */
export function bracketed(sections: readonly LaidOutSection[]): string {
  return sections.map(({ name }) => `[${printable(name)}]`).join(" and ");
}

/** A name for a command line that people copy. */
export function quoted(name: string): string {
  const shown = printable(name);
  return /^[\w.@+:/-]+$/.test(shown) ? shown : `'${shown.replaceAll("'", String.raw`'\''`)}'`;
}
