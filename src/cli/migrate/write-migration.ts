import { editCredentials } from "../../aws/files/credentials.ts";
import { refuseChangedSections } from "../../core/aws-files/changed-section.ts";
import type { Context } from "../../core/context.ts";
import { changesOf, type SectionMigration } from "../../core/migrate/migration.ts";
import type { Original } from "./original.ts";

/**
 * Writes what was shown, unless those sections have changed meanwhile. Gives the path of the copy. Throws
 * 253 or 255; then nothing has changed.
 */
export async function writeMigration(
  context: Context,
  original: Original,
  plan: readonly SectionMigration[],
): Promise<string | undefined> {
  const edits = changesOf(plan);
  return editCredentials(context, {
    edits(now) {
      refuseChangedSections(original.path, edits.keys(), original.document, now);
      return edits;
    },
    overwriteLongTerm: false,
    backup: true,
  });
}
