import { editSections } from "../../src/core/aws-files/edit-sections.ts";
import type { SectionChanges } from "../../src/core/aws-files/section-changes.ts";

/** The text with changes of one section. */
export function editSection(text: string, name: string, changes: SectionChanges): string {
  return editSections(text, new Map([[name, changes]]));
}
