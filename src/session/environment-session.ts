import type { Context } from "../core/context.ts";
import { environmentKeys } from "../core/environment-keys.ts";
import { ownerProfile } from "../core/session-owner.ts";
import { exportedSession, storedSessions } from "./store.ts";

/** A session of ours that the environment holds, as the store remembers it. */
export interface EnvironmentSession {
  /** The profile it was made for; undefined for keys of the environment. */
  readonly owner: string | undefined;
  /** Name of its file; undefined where another session took its place there. */
  readonly file: string | undefined;
  readonly expiration: Date;
  /** Near its end, or past it. */
  readonly dying: boolean;
}

/** What `exports` gave to this shell; undefined where the store does not know it. */
export function environmentSession(context: Context): EnvironmentSession | undefined {
  const keys = environmentKeys(context.env);
  if (keys.kind !== "temporary") return undefined;
  const exported = exportedSession(context, keys.accessKeyId);
  for (const stored of storedSessions(context)) {
    const held = [stored, ...stored.replaced].find((one) => one.accessKeyId === keys.accessKeyId);
    if (held === undefined || exported === undefined) continue;
    return {
      owner: ownerProfile(stored.name, stored),
      file: held === stored ? stored.name : undefined,
      expiration: held.expiration,
      dying: exported.dying,
    };
  }
  return undefined;
}
