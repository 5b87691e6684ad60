import { printable } from "../printable.ts";
import type { LaidOutSection } from "./laid-out-sections.ts";

/** Names of sections for a sentence. */
export function bracketed(sections: readonly LaidOutSection[]): string {
  return sections.map(({ name }) => `[${printable(name)}]`).join(" and ");
}
