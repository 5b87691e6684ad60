import type { IniDocument } from "./ini.ts";
import type { SectionChanges } from "./section-changes.ts";

/**
 * The file holds keys that exist nowhere else: the edit is read again before anybody may write it. Throws
 * where more, or less, has changed than should have.
 */
export function verifyEdit(
  before: IniDocument,
  after: IniDocument,
  edits: ReadonlyMap<string, SectionChanges>,
): void {
  const expected = contentsOf(before);
  for (const [name, changes] of edits) {
    const values = valuesAfter(expected.get(name), changes);
    if (before.sections.has(name) || values.size > 0) expected.set(name, values);
  }
  if (!sameContents(expected, contentsOf(after))) {
    throw new Error("an edit of the AWS file would have changed more than it should");
  }
}

function valuesAfter(
  before: ReadonlyMap<string, string> | undefined,
  changes: SectionChanges,
): Map<string, string> {
  const values = new Map(before);
  for (const [key, value] of changes) {
    if (value === undefined) values.delete(key);
    else values.set(key, value);
  }
  return values;
}

type Contents = Map<string | undefined, Map<string, string>>;

/** Values by section and key; those of `[DEFAULT]` have no section name. */
function contentsOf({ sections, defaults }: IniDocument): Contents {
  const entries = [...sections].map(([name, section]) => [name, section.entries] as const);
  return new Map(
    [[undefined, defaults] as const, ...entries].map(([name, keys]) => [
      name,
      new Map([...keys].map(([key, { value }]) => [key, value])),
    ]),
  );
}

function sameContents(one: Contents, other: Contents): boolean {
  if (one.size !== other.size) return false;
  return [...one].every(([name, values]) => {
    const others = other.get(name);
    if (others?.size !== values.size) return false;
    return [...values].every(([key, value]) => others.get(key) === value);
  });
}
