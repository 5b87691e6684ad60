import type { Context } from "../core/context.ts";
import type { Session } from "../core/session/session.ts";
import { findPlanned, planSupply } from "./plan-supply.ts";

/**
 * The session of a profile that is stored, where it has time left; nobody is asked. Undefined as well where the
 * AWS files cannot be read: whoever asks for another one is told.
 */
export function storedSession(context: Context, named: string | undefined): Session | undefined {
  try {
    return findPlanned(planSupply(context, named));
  } catch {
    return undefined;
  }
}
