import { configurationError } from "../errors.ts";
import type { IniDocument, IniSection } from "./ini.ts";
import { sectionWords } from "./section-words.ts";

/** Throws 253 where one of these sections of a file is no longer what it was. */
export function refuseChangedSections(
  path: string,
  names: Iterable<string>,
  before: IniDocument,
  now: IniDocument,
): void {
  for (const name of names) {
    if (sameEntries(before.sections.get(name), now.sections.get(name))) continue;
    throw changedError(`${sectionWords(name, path)} has changed meanwhile`);
  }
}

/** Throws 253 where this section of a file has gone: another program may be writing it anew. */
export function refuseLostSection(
  path: string,
  name: string,
  before: IniDocument,
  now: IniDocument,
): void {
  if (!before.sections.has(name) || now.sections.has(name)) return;
  throw changedError(`${sectionWords(name, path)} has gone meanwhile`);
}

function changedError(what: string): Error {
  return configurationError("FileChanged", `${what}: nothing was written.`, {
    hint: "Look at what is there now, and run it again.",
  });
}

/** Where in the file it stands is of no concern. */
function sameEntries(one: IniSection | undefined, other: IniSection | undefined): boolean {
  if (one?.entries.size !== other?.entries.size) return false;
  return [...(one?.entries ?? [])].every(
    ([key, { value }]) => other?.entries.get(key)?.value === value,
  );
}
