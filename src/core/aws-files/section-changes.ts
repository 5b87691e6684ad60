/** What is to become of a section: new values by key, in lower case; undefined takes the key out. */
export type SectionChanges = ReadonlyMap<string, string | undefined>;
