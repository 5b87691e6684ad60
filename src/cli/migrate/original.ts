import { readAwsFiles } from "../../aws/files/profiles.ts";
import type { IniDocument } from "../../core/aws-files/ini.ts";
import type { ProfileFiles } from "../../core/aws-files/profile.ts";
import { bracketed, sectionWords } from "../../core/aws-files/section-words.ts";
import type { Environment } from "../../core/environment.ts";
import { configurationError } from "../../core/errors.ts";
import { laidOutSections, type LaidOutSection } from "../../core/migrate/laid-out-sections.ts";
import { planMigration } from "../../core/migrate/migration.ts";
import { usualLongTerm } from "../../core/refresh/section-names.ts";
import { credentialsPath } from "../../system/paths.ts";

/** The credentials file as it is, and what of it is to be migrated. */
export interface Original {
  readonly path: string;
  readonly document: IniDocument;
  readonly files: ProfileFiles;
  readonly sections: readonly LaidOutSection[];
}

/** Reads both AWS files; of the sections that fit all, or those that are named. Throws 253. */
export function readOriginal(env: Environment, names: readonly string[]): Original {
  const path = credentialsPath(env);
  const { files, credentials: document } = readAwsFiles(env);
  const all = laidOutSections(document, files);
  const isThere = (name: string): boolean => all.some((section) => section.name === name);
  // People know the profile; the section has a longer name.
  const wanted = names.map((name) => (isThere(name) ? name : usualLongTerm(name)));
  const unknown = names.find((_, index) => !isThere(wanted[index] ?? ""));
  if (unknown !== undefined) throw notLaidOutError(unknown, path, all);
  const sections = all.filter(({ name }) => names.length === 0 || wanted.includes(name));
  return { path, document, files, sections };
}

/** Whether nothing is left to be done. */
export function isReady({ sections, files }: Original): boolean {
  return planMigration(sections, files, new Map()).every(({ kind }) => kind === "ready");
}

function notLaidOutError(name: string, path: string, all: readonly LaidOutSection[]): Error {
  return configurationError(
    "NotLaidOut",
    `${sectionWords(name, path)} does not hold long-term keys as another MFA tool keeps them.`,
    {
      hint:
        all.length === 0
          ? "No section of it does."
          : `These do: ${bracketed(all.map(({ name }) => name))}.`,
    },
  );
}
