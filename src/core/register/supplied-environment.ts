import type { Assignment } from "../child/child-env.ts";
import { formatTime } from "../time.ts";

/** What a program is given in its environment; one process passes it to another one as JSON. */
export interface SuppliedEnvironment {
  /** Null is unset. */
  readonly assignments: readonly (readonly [name: string, value: string | null])[];
  /** When the session among it ends (ISO 8601); without it there is none to be renewed. */
  readonly expiration?: string;
  /** The profile to name for the next one, where it stood in for a session that was there. */
  readonly profile?: string | undefined;
}

/** The access key id that was put into the environment of a program: another one there is the program's own. */
export const registeredVariable = "AWS_MFA_REGISTERED";

/** Puts together what a program is given. */
export function suppliedEnvironment(
  assignments: readonly Assignment[],
  session?: { readonly expiration: Date; readonly profile: string | undefined },
): SuppliedEnvironment {
  const supplied = {
    assignments: assignments.map(([name, value]) => [name, value ?? null] as const),
  };
  if (session === undefined) return supplied;
  const { expiration, profile } = session;
  return { ...supplied, expiration: formatTime(expiration), profile };
}
