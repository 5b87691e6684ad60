import type { Assignment } from "../core/child/child-env.ts";
import type { Shell } from "../shell/shell.ts";

/** Assignments as lines for a shell to eval. */
export function shellLines(shell: Shell, assignments: readonly Assignment[]): string {
  const statements = assignments.map(([name, value]) =>
    value === undefined ? shell.unset(name) : shell.set(name, value),
  );
  return statements.map((statement) => `${statement}\n`).join("");
}
