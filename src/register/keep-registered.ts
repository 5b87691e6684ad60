import { sessionFrom } from "../core/session/session-text.ts";
import {
  registeredAssignments,
  registeredVariable,
} from "../core/register/registered-variables.ts";
import type { SessionSupply } from "../core/register/program-supply.ts";
import { KeptSession } from "../session/kept-session.ts";
import { renewalNotices } from "../session/renewal-notices.ts";
import { ownContext } from "../system/own-context.ts";
import { assign } from "./assign.ts";
import type { ProgramStart } from "./ask-registrar.ts";
import { nextSession } from "./next-session.ts";
import { storedAtOnce } from "./stored-at-once.ts";

/** Clocks jump, and computers sleep: it is never longer until the next look at the time, in milliseconds. */
const mostMs = 10_000;

/** Nor shorter, whatever goes wrong. */
const leastMs = 250;

/** Programs that are tested replace it. */
const later = setTimeout;

/** Puts the next session into the environment of this program before the present one ends, for as long as it runs. */
export function keepRegistered(
  start: ProgramStart,
  { session, profile, named }: SessionSupply,
): void {
  const context = ownContext(start.env);
  const kept: KeptSession = new KeptSession(sessionFrom(session), {
    now: context.now,
    supply: () => nextSession(start, { profile: named, isQuiet: kept.isTroubled }),
    find: () => {
      const stored = storedAtOnce(start, named);
      return stored?.kind === "session" ? sessionFrom(stored.session) : undefined;
    },
    ...renewalNotices(context, profile),
  });
  const renew = async (): Promise<void> => {
    if (isOurs()) await kept.attend();
    // The program may have decided otherwise meanwhile; it may have changed its region, too.
    if (isOurs() && kept.present.accessKeyId !== process.env[registeredVariable]) {
      assign(registeredAssignments(kept.present));
    }
  };
  const look = async (): Promise<void> => {
    // Nothing of this is to end a program: it may have an environment that cannot be written.
    await renew().catch(() => undefined);
    wait();
  };
  const wait = (): void => {
    const ms = isOurs() ? kept.nextAttention.getTime() - Date.now() : mostMs;
    later(() => void look(), Math.min(mostMs, Math.max(leastMs, ms))).unref();
  };
  wait();
}

/** Keys that the program has set itself are its own affair. */
function isOurs(): boolean {
  const id = process.env["AWS_ACCESS_KEY_ID"];
  return id !== undefined && id === process.env[registeredVariable];
}
