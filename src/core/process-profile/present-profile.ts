import type { IniDocument, IniEntry, IniSection } from "../aws-files/ini.ts";
import { profileFiles, type Profile } from "../aws-files/profile.ts";
import { configSection } from "../aws-files/section-name.ts";
import { sectionWords } from "../aws-files/section-words.ts";
import { configurationError } from "../errors.ts";
import { signsInOtherwise } from "../plan/plan-profile.ts";
import { assumesRole } from "../plan/role-chain.ts";
import { printable } from "../printable.ts";
import { settingsOf, type ProcessProfile } from "./process-profile.ts";

/** An AWS file as it is. */
export interface FileNow {
  readonly path: string;
  readonly document: IniDocument;
}

/** Both of them. */
export interface FilesNow {
  readonly config: FileNow;
  readonly credentials: FileNow;
}

/**
 * Whether the profile is there as it is wanted, else it is missing. Throws 253 where something else has its
 * name, or would have programs look elsewhere for its keys.
 */
export function isPresent(wanted: ProcessProfile, files: FilesNow): boolean {
  refuseCredentials(wanted, files.credentials);
  const [header, ...more] = headersOf(wanted.name, files.config.document);
  const section = header === undefined ? undefined : files.config.document.sections.get(header);
  if (header !== undefined && section !== undefined) {
    const differing = more.length > 0 ? ["section of its name"] : differingKeys(wanted, section);
    if (differing.length > 0) throw otherProfileError(header, files.config.path, differing);
  }
  refuseHidden(wanted, files);
  return section !== undefined;
}

/** The sections of the config file that are this profile: it may be quoted in several ways. */
export function headersOf(name: string, { sections }: IniDocument): string[] {
  return [...sections.keys()].filter((header) => {
    const meaning = configSection(header);
    return meaning.kind === "profile" && meaning.name === name;
  });
}

function refuseCredentials({ name }: ProcessProfile, { path, document }: FileNow): void {
  const section = document.sections.get(name);
  if (section === undefined || section.entries.size === 0) return;
  const where = sectionWords(name, path);
  const hasKeys = ["aws_access_key_id", "aws_secret_access_key"].some((key) =>
    section.entries.has(key),
  );
  throw configurationError(
    "ProfileExists",
    hasKeys
      ? `${where} holds keys, which programs would use in place of the session.`
      : `${where} is there already, with ${keyWords([...section.entries.keys()])}.`,
    {
      hint: hasKeys
        ? "Name another profile by --as: what awsmfa watch and aws-mfa-credentials write stands in such a section."
        : another,
    },
  );
}

const another = "Name another profile by --as, or take that section out first.";

function differingKeys(wanted: ProcessProfile, { entries }: IniSection): string[] {
  const settings = settingsOf(wanted);
  const keys = new Set([...entries.keys(), ...settings.keys()]);
  return [...keys].filter((key) => entries.get(key)?.value !== settings.get(key));
}

function otherProfileError(header: string, path: string, keys: readonly string[]): Error {
  return configurationError(
    "ProfileExists",
    `${sectionWords(header, path)} is there already, with another ${keyWords(keys)}.`,
    { hint: another },
  );
}

function keyWords(keys: readonly string[]): string {
  return keys.map(printable).join(", ");
}

/** What all profiles inherit from [DEFAULT] may come before a `credential_process`. */
function refuseHidden(wanted: ProcessProfile, { config, credentials }: FilesNow): void {
  const profile = profileFiles(withProfile(wanted, config.document), credentials.document).find(
    wanted.name,
  );
  if (profile !== undefined && runsProcess(profile, wanted.command)) return;
  throw configurationError(
    "HiddenByDefaults",
    `what [DEFAULT] of your AWS files says of keys or roles would hold for profile ${printable(wanted.name)} as well, and come first.`,
    { hint: "Move it into the profiles that it is meant for." },
  );
}

function runsProcess(profile: Profile, command: string): boolean {
  const { keys } = profile;
  const isOurs = keys.kind === "process" && keys.command === command;
  return isOurs && !assumesRole(profile) && !signsInOtherwise(profile);
}

function withProfile(wanted: ProcessProfile, document: IniDocument): IniDocument {
  const entries = new Map<string, IniEntry>();
  for (const [key, value] of settingsOf(wanted)) {
    if (value !== undefined) entries.set(key, { line: 0, value });
  }
  const sections = new Map(document.sections).set(wanted.header, { line: 0, entries });
  return { ...document, sections };
}
