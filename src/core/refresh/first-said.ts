/** A value, and the option, variable or key that says it. */
export interface Said {
  readonly setting: string;
  readonly value: string;
}

/** What the first of these settings that says anything says. */
export function firstSaid(
  settings: Readonly<Record<string, string | undefined>>,
): Said | undefined {
  for (const [setting, value] of Object.entries(settings)) {
    if (value) return { setting, value };
  }
  return undefined;
}
