import type { IniDocument, IniSection } from "../aws-files/ini.ts";

/** The first of these sections that is no longer what it was; undefined where all are. */
export function changedSection(
  names: Iterable<string>,
  before: IniDocument,
  now: IniDocument,
): string | undefined {
  for (const name of names) {
    if (!sameEntries(before.sections.get(name), now.sections.get(name))) return name;
  }
  return undefined;
}

/** Where in the file it stands is of no concern. */
function sameEntries(one: IniSection | undefined, other: IniSection | undefined): boolean {
  if (one?.entries.size !== other?.entries.size) return false;
  return [...(one?.entries ?? [])].every(
    ([key, { value }]) => other?.entries.get(key)?.value === value,
  );
}
