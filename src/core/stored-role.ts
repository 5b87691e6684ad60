/** What a session file tells of a role. */
export interface StoredRole {
  readonly arn: string;
  /** What AssumeRole was asked for along the chain, the asked-for role first. */
  readonly assumed: readonly unknown[];
  /**
   * The profiles of the sessions that it hangs on, the nearest first; none where the code went into
   * AssumeRole itself.
   */
  readonly sources: readonly string[];
}

/** Reads the `role` of a session file; undefined for anything that this program would not write. */
export function parseRole(value: object): StoredRole | undefined {
  const { assumed, source_profiles: sources } = value as Record<string, unknown>;
  if (!Array.isArray(assumed) || !Array.isArray(sources)) return undefined;
  if (!assumed.every(isParameters)) return undefined;
  const arn = assumed[0]?.["role_arn"];
  if (typeof arn !== "string") return undefined;
  if (!sources.every((name) => typeof name === "string")) return undefined;
  return { arn, assumed, sources };
}

/** The `role` of a session file. */
export function formatRole({ assumed, sources }: StoredRole): Record<string, unknown> {
  return { assumed, source_profiles: sources };
}

/** Values, lists of them, and lists of pairs: what is nested deeper could not even be compared. */
function isParameters(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return Object.values(value)
    .flat(2)
    .every((field) => typeof field !== "object" || field === null);
}
