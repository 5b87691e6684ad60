import type { Context } from "../core/context.ts";
import type { Session } from "../core/session/session.ts";
import { findLasting } from "./lasting-session.ts";
import { planSupply } from "./plan-supply.ts";

/**
 * The session of a profile that is stored, where it has time left; nobody is asked. Undefined as well where the
 * AWS files cannot be read: whoever asks for another one is told.
 */
export function storedSupply(given: Context, named: string | undefined): Session | undefined {
  try {
    const { plan, context } = planSupply(given, named);
    return plan.kind === "session" ? findLasting(context, plan.request) : undefined;
  } catch {
    return undefined;
  }
}
