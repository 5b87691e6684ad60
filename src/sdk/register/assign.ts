import type { Assignments } from "../../core/register/supplied-environment.ts";

/** Carries assignments out in the environment of this program. */
export function assign(assignments: Assignments): void {
  for (const [name, value] of assignments) {
    if (value === null) delete process.env[name];
    else process.env[name] = value;
  }
}
