import { activeProfile } from "../core/plan/active-profile.ts";
import type { Context } from "../core/context.ts";
import { minimumSeconds } from "../core/duration.ts";
import { environmentKeys } from "../core/plan/environment-keys.ts";
import type { ExportedSession } from "../core/plan/plan-credentials.ts";
import { ownerProfile } from "../core/session/session-owner.ts";
import type { NamedSession, ReplacedSession } from "../core/session/session.ts";
import { isStillUsable, storedSessions } from "./store.ts";

/** A session that the environment holds, as the store remembers it. */
export interface HeldSession extends ExportedSession {
  /** Name of its file; undefined where another session took its place there. */
  readonly file: string | undefined;
  readonly expiration: Date;
}

/**
 * The session that has this access key id, or had it before another one took its place. Of profiles that
 * share it the active one is taken, for the shell has most likely got it for that one.
 */
export function exportedSession(context: Context, accessKeyId: string): HeldSession | undefined {
  const held = storedSessions(context).flatMap((found) => heldAs(context, found, accessKeyId));
  const active = activeProfile(context.env, undefined).name;
  return held.find(({ profile }) => profile === active) ?? held[0];
}

/** What `exports` gave to this shell; undefined where it holds nothing that the store knows. */
export function sessionOfEnvironment(context: Context): HeldSession | undefined {
  const keys = environmentKeys(context.env);
  return keys.kind === "temporary" ? exportedSession(context, keys.accessKeyId) : undefined;
}

function heldAs(context: Context, found: NamedSession, accessKeyId: string): HeldSession[] {
  const profile = ownerProfile(found.name, found);
  const { identity, role, expiration } = found;
  if (found.accessKeyId === accessKeyId) {
    const dying = !isStillUsable(context, found);
    return [{ profile, identity, role, file: found.name, expiration, dying }];
  }
  return found.replaced
    .filter((old) => old.accessKeyId === accessKeyId)
    .map((old) => ({
      profile,
      identity,
      role,
      file: undefined,
      expiration: old.expiration,
      dying: isNearItsEnd(context, old),
    }));
}

function isNearItsEnd({ env, now }: Context, { expiration }: ReplacedSession): boolean {
  return expiration.getTime() - now().getTime() <= minimumSeconds(env) * 1000;
}
