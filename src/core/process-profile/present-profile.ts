import { isNotInherited } from "../aws-files/inherited-settings.ts";
import type { IniDocument, IniSection } from "../aws-files/ini.ts";
import { configSection } from "../aws-files/section-name.ts";
import { sectionWords } from "../aws-files/section-words.ts";
import { configurationError } from "../errors.ts";
import { printable } from "../printable.ts";
import { refuseHidden, runsIts } from "./hidden-profile.ts";
import { wayOfCommand } from "./process-command.ts";
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

/** What of a profile is there by now. */
export type Presence =
  | { readonly kind: "missing" | "present" }
  /** It runs awsmfa for the same profile, but from where that was before, or with another Node. */
  | { readonly kind: "outdated"; readonly header: string; readonly command: string };

/**
 * What of the profile is there; its other settings are the user's own. Throws 253 where something else has its
 * name, or would have programs look elsewhere for its keys.
 */
export function presenceOf(wanted: ProcessProfile, files: FilesNow): Presence {
  refuseCredentials(wanted, files.credentials);
  const documents = { config: files.config.document, credentials: files.credentials.document };
  const [header, ...more] = headersOf(wanted.name, documents.config);
  if (header === undefined) {
    refuseHidden(wanted, documents);
    return { kind: "missing" };
  }
  const refuse = (keys: readonly string[]): never => {
    throw otherProfileError(header, files.config.path, keys);
  };
  if (more.length > 0) refuse(["section of its name"]);
  const entries: IniSection["entries"] =
    documents.config.sections.get(header)?.entries ?? new Map();
  const command = entries.get("credential_process")?.value ?? "";
  const there = { ...wanted, command };
  const way = wayOfCommand(command, wanted.source);
  if (way === undefined && command !== wanted.command) refuse(differingKeys(wanted, entries));
  refuseHidden(there, documents);
  if (!runsIts(there, documents)) refuse(differingKeys(there, entries).filter(isNotInherited));
  const isDone = way === "by-name" || command === wanted.command;
  return isDone ? { kind: "present" } : { kind: "outdated", header, command };
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

function differingKeys(wanted: ProcessProfile, entries: IniSection["entries"]): string[] {
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
