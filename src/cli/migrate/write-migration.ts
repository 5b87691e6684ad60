import { editCredentials } from "../../aws/edit-credentials.ts";
import type { IniDocument } from "../../core/aws-files/ini.ts";
import { sectionWords } from "../../core/aws-files/section-words.ts";
import type { Context } from "../../core/context.ts";
import { configurationError } from "../../core/errors.ts";
import { changedSection } from "../../core/migrate/changed-section.ts";
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
  const sections = changesOf(plan);
  const check = (now: IniDocument): void => {
    const changed = changedSection(sections.keys(), original.document, now);
    if (changed !== undefined) throw changedError(changed, original.path);
  };
  return editCredentials(context, { sections, overwriteLongTerm: false, backup: true, check });
}

function changedError(section: string, path: string): Error {
  return configurationError(
    "FileChanged",
    `${sectionWords(section, path)} has changed meanwhile: nothing was written.`,
    { hint: "Run awsmfa migrate again, and look at what it shows then." },
  );
}
