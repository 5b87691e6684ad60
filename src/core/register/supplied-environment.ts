import { credentialAssignments, type Assignment } from "../child/child-env.ts";
import type { Session } from "../session/session.ts";
import { formatTime } from "../time.ts";

/** Variables and what becomes of them; null is unset. */
export type Assignments = readonly (readonly [name: string, value: string | null])[];

/** What a program is given in its environment; one process passes it to another one as JSON. */
export interface SuppliedEnvironment {
  /** What is put there again with each session. */
  readonly keys: Assignments;
  /** What the program finds at its start, and may change. */
  readonly settings: Assignments;
  /** When the session ends (ISO 8601); without it there is none to be renewed. */
  readonly expiration?: string;
  /** The profile to name for the next one, where it stood in for a session that was there. */
  readonly profile?: string | undefined;
}

/** The access key id that was put into the environment of a program: another one there is the program's own. */
export const registeredVariable = "AWSMFA_REGISTERED";

/** The settings of a profile alone. */
export function suppliedSettings(settings: readonly Assignment[]): SuppliedEnvironment {
  return { keys: [], settings: toJson(settings) };
}

/** A session with the settings of its profile. */
export function suppliedSession(
  session: Session,
  settings: readonly Assignment[],
  profile: string | undefined,
): SuppliedEnvironment {
  const { accessKeyId, expiration } = session;
  const keys = [...credentialAssignments(session), [registeredVariable, accessKeyId] as const];
  return {
    keys: toJson(keys),
    settings: toJson(settings),
    expiration: formatTime(expiration),
    profile,
  };
}

function toJson(assignments: readonly Assignment[]): Assignments {
  return assignments.map(([name, value]) => [name, value ?? null]);
}
