import type { Assignment } from "../child/child-env.ts";
import type { Failure } from "../failure/failure.ts";
import { sessionText, type SessionText } from "../session/session-text.ts";
import type { Session } from "../session/session.ts";

/** Variables and what becomes of them; null is unset. */
export type Assignments = readonly (readonly [name: string, value: string | null])[];

/** What a program is given in its environment; one process passes it to another one as JSON. */
export type ProgramSupply = SessionSupply | SettingsSupply;

/** A session, which has another one after it. */
export interface SessionSupply {
  readonly kind: "session";
  readonly session: SessionText;
  /** What the program finds at its start, and may change. */
  readonly settings: Assignments;
  /** The name of its profile. */
  readonly profile: string;
  /** The profile to name for the next one; undefined leaves that to the environment. */
  readonly named: string | undefined;
}

/** No session: none of ours is due. */
export interface SettingsSupply {
  readonly kind: "settings";
  readonly settings: Assignments;
}

/** The same, or why there is nothing to give. */
export type ProgramAnswer = ProgramSupply | { readonly kind: "failed"; readonly failure: Failure };

/** The settings of a profile alone. */
export function settingsSupply(settings: readonly Assignment[]): SettingsSupply {
  return { kind: "settings", settings: toJson(settings) };
}

/** A session with the settings of its profile. */
export function sessionSupply(
  session: Session,
  settings: readonly Assignment[],
  { profile, named }: Pick<SessionSupply, "profile" | "named">,
): SessionSupply {
  return {
    kind: "session",
    session: sessionText(session),
    settings: toJson(settings),
    profile,
    named,
  };
}

function toJson(assignments: readonly Assignment[]): Assignments {
  return assignments.map(([name, value]) => [name, value ?? null]);
}
