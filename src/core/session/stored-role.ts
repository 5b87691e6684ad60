/** What AssumeRole was asked for, as a session file has it. */
export interface AssumedRole {
  readonly role_arn: string;
  readonly [parameter: string]: unknown;
}

/** What a session file tells of a role. */
export interface StoredRole {
  /** What was asked for along the chain, the asked-for role first. */
  readonly assumed: readonly [AssumedRole, ...AssumedRole[]];
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
  if (!sources.every((name) => typeof name === "string")) return undefined;
  const [asked, ...before] = assumed as unknown[];
  if (!isAssumedRole(asked) || !before.every(isAssumedRole)) return undefined;
  return { assumed: [asked, ...before], sources };
}

/** The `role` of a session file. */
export function formatRole({ assumed, sources }: StoredRole): Record<string, unknown> {
  return { assumed, source_profiles: sources };
}

/** Values, lists of them, and lists of pairs: what is nested deeper could not even be compared. */
function isAssumedRole(value: unknown): value is AssumedRole {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const parameters = Object.values(value).flat(2);
  return (
    "role_arn" in value &&
    typeof value.role_arn === "string" &&
    parameters.every((parameter) => typeof parameter !== "object" || parameter === null)
  );
}
