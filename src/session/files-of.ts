import type { Context } from "../core/context.ts";
import { identityKey } from "../core/request/identity.ts";
import {
  profileFileName,
  profileOfFileName,
  profilePart,
  temporaryPrefix,
} from "../core/session/session-file-name.ts";
import type { NamedSession, StoredSession } from "../core/session/session.ts";
import { sha256 } from "../system/sha256.ts";
import { listStore } from "./names-in-store.ts";
import { storedSessions } from "./store.ts";

/**
 * The files of a profile's sessions, under our names for them and under the Ruby gem's, and those of the
 * roles that hang on them. Throws 255 where the store cannot be read.
 */
export function filesOf(context: Context, profile: string): string[] {
  const part = profileFileName(profile, sha256);
  const own = listStore(context).filter(
    (name) => profilePart(name) === part || profileOfFileName(name) === profile,
  );
  return [...new Set([...own, ...rolesFrom(context, profile, own)])];
}

/** Where one name has had several keys, those of the present ones; where it has no session now, all. */
function rolesFrom(context: Context, profile: string, own: readonly string[]): string[] {
  const stored = storedSessions(context).filter(({ name }) => !name.startsWith(temporaryPrefix));
  const keysOf = ({ identity }: NamedSession): string[] =>
    identity ? [identityKey(identity)] : [];
  const known = new Set(stored.filter(({ name }) => own.includes(name)).flatMap(keysOf));
  return stored
    .filter(({ role }) => role?.sources.includes(profile))
    .filter((session) => known.size === 0 || keysOf(session).some((key) => known.has(key)))
    .map(({ name }) => name);
}

/** Where else in the store this very session lies, to be shared by the profiles of its identity. */
export function copiesOf(context: Context, session: StoredSession): NamedSession[] {
  return storedSessions(context).filter(
    ({ accessKeyId, identity }) => accessKeyId === session.accessKeyId && identity !== undefined,
  );
}
