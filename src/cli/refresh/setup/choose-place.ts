import { checkCredentials } from "../../../aws/files/credentials.ts";
import { readIniFile } from "../../../aws/files/read-ini-file.ts";
import type { IniDocument, IniSection } from "../../../core/aws-files/ini.ts";
import { longTermKeyIn } from "../../../core/aws-files/long-term-keys.ts";
import { sectionWords } from "../../../core/aws-files/section-words.ts";
import type { Context } from "../../../core/context.ts";
import { isAwsmfaError } from "../../../core/errors.ts";
import { lastFour, printableName } from "../../../core/printable.ts";
import {
  profileOfLongTerm,
  sectionNames,
  type SectionNames,
  type Suffixes,
} from "../../../core/refresh/section-names.ts";
import { credentialsPath } from "../../../system/paths.ts";
import { fault, ok, type Interview, type Reading } from "../../interview/interview.ts";
import type { Naming } from "./setup-options.ts";

/** Where the keys are to be written. */
export interface Place {
  readonly profile: string;
  readonly suffixes: Suffixes;
  readonly sections: SectionNames;
  /** The file as it is by now. */
  readonly document: IniDocument;
  /** What is there where sessions are to be written. */
  readonly target: IniSection | undefined;
  /** Whether keys that are there may be lost. */
  readonly replacesKeys: boolean;
}

/**
 * Asks for the profile's name; undefined where the keys that are there shall stay. Throws 253 or 255 where the
 * file cannot be edited, before anything is asked: nobody should type a secret for that.
 */
export async function choosePlace(
  context: Context,
  { tell, ask, confirm }: Interview,
  { offered, suffixes }: Naming,
): Promise<Place | undefined> {
  await checkCredentials(context);
  const path = credentialsPath(context.env);
  const credentials = readIniFile(path);
  const { profile, sections } = await ask(`Profile name [${printableName(offered)}]: `, (answer) =>
    readProfile(answer || offered, suffixes),
  );
  const present = credentials.sections.get(sections.longTerm);
  const section = sectionWords(sections.longTerm, path);
  const keys = present && describeKeys(present);
  if (keys === undefined) {
    tell(`The keys will stand in ${section}.`);
  } else if (!(await confirm(`${section} holds ${keys}. Replace them?`))) {
    return undefined;
  }
  const target = credentials.sections.get(sections.shortTerm);
  const replacesKeys = keys !== undefined;
  return { profile, suffixes, sections, document: credentials, target, replacesKeys };
}

function readProfile(
  profile: string,
  suffixes: Suffixes,
): Reading<Pick<Place, "profile" | "sections">> {
  const isSection = suffixes.longTerm === undefined && profileOfLongTerm(profile) !== undefined;
  if (isSection) return fault("That is the section's name: the profile's is without -long-term.");
  try {
    return ok({ profile, sections: sectionNames(profile, suffixes) });
  } catch (error) {
    if (!isAwsmfaError(error) || error.code !== "InvalidSectionName") throw error;
    return fault(error.message);
  }
}

function describeKeys(section: IniSection): string | undefined {
  const value = (key: string): string => section.entries.get(key)?.value ?? "";
  const id = value("aws_access_key_id");
  if (id === "") return value("aws_secret_access_key") === "" ? undefined : "a secret access key";
  const kind = longTermKeyIn(section) === undefined ? "temporary keys" : "keys";
  return `${kind} (${lastFour(id)})`;
}
