/** Carries assignments out in the environment of this program; without a value a variable is unset. */
export function assign(
  assignments: readonly (readonly [name: string, value: string | null | undefined])[],
): void {
  for (const [name, value] of assignments) {
    if (value === null || value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
}
