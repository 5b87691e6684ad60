import type { Context } from "../core/context.ts";
import type { SessionRequest } from "../core/request/session-request.ts";
import type { Session } from "../core/session/session.ts";
import type { Holder } from "../system/lock-attempt.ts";
import { askForWay, nameOfHolder, ownTerminal } from "../system/lock-holder.ts";
import { patience, type Patience } from "../system/patience.ts";
import { findSession } from "./store.ts";

/** How waiting ends without the lock. */
export type Waited =
  | { readonly kind: "session"; readonly session: Session }
  | { readonly kind: "too-long"; readonly holder: Holder };

/** A holder that has left no name by then could not: its disk may be full. */
const namelessMs = 3000;

/** What is waited for, and how. */
interface Wait {
  /** For the user: `asks for a code of phone`. */
  readonly doing: string;
  readonly patience: Patience;
  /** Whether a holder that gives way is asked to. */
  readonly wantsWay: boolean;
}

/**
 * What a process does while another one gets the session: it watches the store, says what it waits
 * for, and gives up in time.
 */
export function waitingRoom(
  context: Context,
  request: SessionRequest,
  { doing, patience: limits, wantsWay }: Wait,
): (holder: Holder) => Waited | undefined {
  const goOn = patience<Waited>(
    { ...limits, namelessMs },
    {
      say: (holder) => sayWhatFor(context, holder, doing),
      giveUp: (holder) => ({ kind: "too-long", holder }),
    },
  );
  // Twenty times a second is too often to explain what the store holds.
  const watching = { ...context, report: { ...context.report, debug: () => undefined } };
  let isAsked = !wantsWay;
  return (holder) => {
    const session = findSession(watching, request);
    if (session !== undefined) return { kind: "session", session };
    isAsked ||= askForWay(holder);
    return goOn(holder);
  };
}

/** On a terminal, unless the prompt stands on the very same one: it would be broken by our line. */
function sayWhatFor({ report }: Context, holder: Holder, doing: string): void {
  const terminal = ownTerminal();
  if (terminal === undefined || terminal === holder.terminal) return;
  report.say(`waiting for ${nameOf(holder)}, which ${doing}.`);
}

/** What people know a holder by: nobody else takes these locks. */
export function nameOf(holder: Holder): string {
  return nameOfHolder(holder, "another awsmfa");
}
