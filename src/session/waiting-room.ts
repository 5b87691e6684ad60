import type { Context } from "../core/context.ts";
import type { SessionRequest } from "../core/request/session-request.ts";
import type { Session } from "../core/session/session.ts";
import type { Holder } from "../system/lock-attempt.ts";
import { ownTerminal } from "../system/lock-holder.ts";
import { findSession } from "./store.ts";

/** How long to wait, in milliseconds. */
export interface Patience {
  /** A holder that needs no more time than this need not be mentioned. */
  readonly silentMs: number;
  /** Infinity where somebody sits at a terminal, who can end the waiting. */
  readonly timeoutMs: number;
}

/** How waiting ends without the lock. */
export type Waited =
  | { readonly kind: "session"; readonly session: Session }
  | { readonly kind: "too-long"; readonly holder: Holder };

/** A holder that has left no name by then could not: its disk may be full. */
const namelessMs = 3000;

/**
 * What a process does while another one gets the session: it watches the store, says what it waits
 * for, and gives up in time.
 */
export function waitingRoom(
  context: Context,
  request: SessionRequest,
  doing: string,
  { silentMs, timeoutMs }: Patience,
): (holder: Holder) => Waited | undefined {
  const started = performance.now();
  // Twenty times a second is too often to explain what the store holds.
  const watching = { ...context, report: { ...context.report, debug: () => undefined } };
  let said = false;
  return (holder) => {
    const session = findSession(watching, request);
    if (session !== undefined) return { kind: "session", session };
    const waited = performance.now() - started;
    if (waited > timeoutMs) return { kind: "too-long", holder };
    if (!said && waited > (holder.pid === undefined ? Math.max(silentMs, namelessMs) : silentMs)) {
      said = true;
      sayWhatFor(context, holder, doing);
    }
    return undefined;
  };
}

/** On a terminal, unless the prompt stands on the very same one: it would be broken by our line. */
function sayWhatFor({ report }: Context, holder: Holder, doing: string): void {
  const terminal = ownTerminal();
  if (terminal === undefined || terminal === holder.terminal) return;
  report.say(`waiting for ${nameOf(holder)}, which ${doing}.`);
}

/** What people know a holder by. */
export function nameOf({ pid }: Holder): string {
  return pid === undefined ? "another awsmfa" : `another awsmfa (process ${pid})`;
}
